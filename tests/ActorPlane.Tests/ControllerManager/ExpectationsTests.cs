using ActorPlane.ControllerManager;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class ExpectationsTests
{
    private readonly Expectations<string> _expectations = new(TimeSpan.FromMinutes(5));

    [Fact]
    public void Nothing_expected_is_satisfied() => Assert.True(_expectations.AreSatisfied("a", Now));

    [Fact]
    public void Each_creation_must_be_seen_or_given_up()
    {
        _expectations.ExpectCreations("a", 3, Now);
        _expectations.CreationObserved("a");
        Assert.False(_expectations.AreSatisfied("a", Now));
        _expectations.LowerCreations("a", 2);
        Assert.True(_expectations.AreSatisfied("a", Now));
    }

    [Fact]
    public void A_deletion_counts_once_however_often_it_is_seen()
    {
        _expectations.ExpectDeletions("a", ["x", "y"], Now);
        _expectations.DeletionObserved("a", "x");
        _expectations.DeletionObserved("a", "x");
        Assert.False(_expectations.AreSatisfied("a", Now));
        _expectations.DeletionObserved("a", "y");
        Assert.True(_expectations.AreSatisfied("a", Now));
    }

    [Fact]
    public void What_is_not_seen_within_five_minutes_no_longer_counts()
    {
        _expectations.ExpectCreations("a", 1, Now);
        Assert.False(_expectations.AreSatisfied("a", Now.AddMinutes(5)));
        Assert.True(_expectations.AreSatisfied("a", Now.AddMinutes(5).AddSeconds(1)));
    }
}
