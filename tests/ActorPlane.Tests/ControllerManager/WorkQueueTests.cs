using ActorPlane.ControllerManager;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class WorkQueueTests
{
    private readonly WorkQueue<string> _queue = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1000));

    [Fact]
    public void A_key_is_queued_once_however_often_it_is_added()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("a");
        Assert.Equal(["a", "b"], [Get(), Get()]);
        Assert.False(_queue.TryGet(Now, out _));
    }

    [Fact]
    public void A_key_that_is_added_while_in_hand_comes_again_when_it_is_done()
    {
        _queue.Add("a");
        Get();
        _queue.Add("a");
        Assert.False(_queue.TryGet(Now, out _));
        _queue.Done("a");
        Assert.Equal("a", Get());
        _queue.Done("a");
        Assert.False(_queue.TryGet(Now, out _));
    }

    [Fact]
    public void Failures_in_a_row_double_the_delay_up_to_the_longest()
    {
        Assert.Equal([5, 10, 20, 40], Enumerable.Range(0, 4).Select(failures => _queue.Delay(failures).TotalMilliseconds));
        Assert.Equal(655.36, _queue.Delay(17).TotalSeconds);
        Assert.Equal(1000, _queue.Delay(18).TotalSeconds);
        Assert.Equal(1000, _queue.Delay(5000).TotalSeconds);
    }

    [Fact]
    public void A_failed_key_comes_when_its_delay_is_over()
    {
        _queue.AddRateLimited("a", Now);
        Assert.Equal(Now.AddMilliseconds(5), _queue.NextDue);
        Assert.False(_queue.TryGet(Now.AddMilliseconds(4), out _));
        Assert.True(_queue.TryGet(Now.AddMilliseconds(5), out _));
        _queue.Done("a");
        _queue.AddRateLimited("a", Now);
        Assert.Equal(Now.AddMilliseconds(10), _queue.NextDue);
        _queue.Forget("a");
        Assert.Equal(0, _queue.FailuresOf("a"));
    }

    [Fact]
    public void Of_two_delays_the_shorter_counts()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10), Now);
        _queue.AddAfter("a", TimeSpan.FromSeconds(3), Now);
        _queue.AddAfter("a", TimeSpan.FromSeconds(5), Now);
        Assert.Equal(Now.AddSeconds(3), _queue.NextDue);
        Assert.True(_queue.TryGet(Now.AddSeconds(3), out _));
        _queue.Done("a");
        Assert.Null(_queue.NextDue);
        Assert.False(_queue.TryGet(Now.AddSeconds(20), out _));
    }

    [Fact]
    public void A_delayed_key_that_is_in_hand_when_it_is_due_comes_after()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(1), Now);
        _queue.Add("a");
        Get();
        Assert.False(_queue.TryGet(Now.AddSeconds(2), out _));
        _queue.Done("a");
        Assert.Equal("a", Get());
    }

    private string Get()
    {
        Assert.True(_queue.TryGet(Now, out var key));
        return key;
    }
}
