using Akka.Actor;
using Akka.Event;
using Script = Akka.Tests.Scripted.Script;

namespace Akka.Tests.Actor;

public sealed class AskTests : ActorTest
{
    private readonly IActorRef _echo;
    private readonly IActorRef _mute;

    public AskTests()
    {
        _echo = Sys.ActorOf(new Script { Receive = (context, m) => context.Sender.Tell(m is Func<object> make ? make() : m, context.Self) }.ToProps());
        _mute = Sys.ActorOf(new Script { Receive = (_, _) => { } }.ToProps());
    }

    [Fact]
    public async Task No_answer_in_time_is_a_timeout() =>
        await Assert.ThrowsAsync<AskTimeoutException>(() => _mute.Ask<string>("?", TimeSpan.FromMilliseconds(20)));

    [Fact]
    public async Task An_answer_of_another_type_is_an_error() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _echo.Ask<int>("text", Patience));

    [Fact]
    public async Task An_answer_of_another_type_is_a_dead_letter_too()
    {
        Sys.EventStream.Subscribe(Probe.Ref, typeof(DeadLetter));
        await Assert.ThrowsAsync<ArgumentException>(() => _echo.Ask<int>("text", Patience));
        Assert.Equal("text", Probe.Next<DeadLetter>().Message);
    }

    [Fact]
    public async Task An_answer_may_be_null() => Assert.Null(await _echo.Ask<string>(() => (object)null!, Patience));

    [Fact]
    public void Nobody_cannot_be_asked()
    {
        Action ask = () => _ = ActorRefs.Nobody.Ask("?", Patience);
        Assert.Throws<NotSupportedException>(ask);
    }

    [Fact]
    public async Task Who_asks_for_any_object_gets_a_failure_as_it_is() =>
        Assert.IsType<Status.Failure>(await _echo.Ask<object>(() => (object)new Status.Failure(new InvalidCastException()), Patience));

    [Fact]
    public async Task A_failure_as_an_answer_fails_the_task() =>
        await Assert.ThrowsAsync<InvalidCastException>(() => _echo.Ask<string>(() => (object)new Status.Failure(new InvalidCastException()), Patience));

    [Fact]
    public async Task Cancellation_cancels_the_task()
    {
        using var source = new CancellationTokenSource();
        var answer = _mute.Ask<string>("?", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_second_answer_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(Probe.Ref, typeof(DeadLetter));
        var twice = Sys.ActorOf(new Script
        {
            Receive = (context, _) =>
            {
                context.Sender.Tell(1);
                context.Sender.Tell(2);
            },
        }.ToProps());
        Assert.Equal(1, await twice.Ask<int>("?", Patience));
        Assert.Equal(2, Probe.Next<DeadLetter>().Message);
    }

    [Fact]
    public async Task The_asker_can_be_found_by_its_path_while_it_waits()
    {
        var asked = new TaskCompletionSource<IActorRef>();
        var actor = Sys.ActorOf(new Script { Receive = (context, _) => asked.SetResult(context.Sender) }.ToProps());
        var answer = actor.Ask<string>("?", Patience);
        var asker = await asked.Task.WaitAsync(Patience);
        var path = asker.Path.ToSerializationFormat();
        Assert.StartsWith("akka://test/temp/", path);
        ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(path).Tell("by path", ActorRefs.NoSender);
        Assert.Equal("by path", await answer);
        Assert.IsType<EmptyLocalActorRef>(((ExtendedActorSystem)Sys).Provider.ResolveActorRef(path));
    }

    [Fact]
    public async Task A_selection_can_be_asked()
    {
        var selection = Sys.ActorSelection(_echo.Path);
        Assert.Equal("hi", await selection.Ask<string>("hi", Patience));
    }

    [Fact]
    public void The_outcome_of_a_task_is_piped_as_a_message()
    {
        Task.FromResult("fine").PipeTo(Probe.Ref);
        Probe.Expect("fine");
        Task.FromResult("fine").PipeTo(Probe.Ref, Probe.Ref, s => s + "!");
        Probe.Expect("fine!");
        Assert.Equal(Probe.Ref, Probe.LastSender);
        Task.FromException<string>(new InvalidCastException()).PipeTo(Probe.Ref);
        Assert.IsType<InvalidCastException>(Probe.Next<Status.Failure>().Cause);
        Task.FromException(new InvalidCastException()).PipeTo(Probe.Ref, failure: e => e.GetType().Name);
        Probe.Expect("InvalidCastException");
    }

    [Fact]
    public void A_null_message_is_refused() => Assert.Throws<InvalidMessageException>(() => _echo.Tell(null!, ActorRefs.NoSender));
}
