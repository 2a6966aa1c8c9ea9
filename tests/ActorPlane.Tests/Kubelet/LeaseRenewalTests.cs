using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Kubelet;
using ActorPlane.Tracing;

namespace ActorPlane.Tests.Kubelet;

public sealed class LeaseRenewalTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(40);
    private static readonly ApiOutcome Done = new(new ApiServerProtocol.Written(1, new Lease(), Cause.None), Cause.None);
    private static readonly ApiOutcome Unknown = new(null, Cause.None);

    [Fact]
    public void A_lease_that_was_written_exists_and_waits_for_the_next_renewal()
    {
        var (next, step) = default(LeaseRenewal).Begin(Pods.Now).Answer(1, Done, Pods.Now, Duration);

        Assert.Equal((new LeaseRenewal(Exists: true, IsUnderWay: false, 1, AskedAt: Pods.Now, RenewedAt: Pods.Now), LeaseStep.None), (next, step));
    }

    [Fact]
    public void An_answer_that_comes_after_its_time_counts_no_more()
    {
        var asked = default(LeaseRenewal).Begin(Pods.Now);
        Assert.Equal(asked, asked.GiveUp(Pods.Now + TimeSpan.FromSeconds(9.9), TimeSpan.FromSeconds(10)));

        var again = asked.GiveUp(Pods.Now + TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)).Begin(Pods.Now + TimeSpan.FromSeconds(10));

        Assert.Equal((again, LeaseStep.None), again.Answer(1, Done, Pods.Now + TimeSpan.FromSeconds(11), Duration));
        Assert.True(again.Answer(2, Done, Pods.Now + TimeSpan.FromSeconds(11), Duration).Next.Exists);
    }

    [Theory]
    [InlineData(40, LeaseStep.None)]
    [InlineData(41, LeaseStep.Report)]
    public void A_node_that_was_silent_for_longer_than_its_lease_is_good_reports_itself(int seconds, LeaseStep expected)
    {
        var now = Pods.Now + TimeSpan.FromSeconds(seconds);

        Assert.Equal(expected, Held().Begin(now).Answer(2, Done, now, Duration).Step);
    }

    [Fact]
    public void A_lease_that_is_gone_is_restored()
    {
        var (next, step) = Held().Begin(Pods.Now).Answer(2, Refused(StatusReason.NotFound), Pods.Now, Duration);

        Assert.Equal((false, LeaseStep.Restore), (next.Exists, step));
    }

    [Fact]
    public void A_lease_that_is_there_already_is_renewed()
    {
        var (next, step) = default(LeaseRenewal).Begin(Pods.Now).Answer(1, Refused(StatusReason.AlreadyExists), Pods.Now, Duration);

        Assert.Equal((true, LeaseStep.Renew), (next.Exists, step));
    }

    [Fact]
    public void A_renewal_whose_outcome_is_unknown_changes_nothing_but_that_it_is_over()
    {
        var asked = Held().Begin(Pods.Now);

        Assert.Equal((asked with { IsUnderWay = false }, LeaseStep.None), asked.Answer(2, Unknown, Pods.Now, Duration));
    }

    private static LeaseRenewal Held() => default(LeaseRenewal).Begin(Pods.Now).Answer(1, Done, Pods.Now, Duration).Next;

    private static ApiOutcome Refused(string reason) => new(new ApiServerProtocol.Refused(1, new Status { Reason = reason }, Cause.None), Cause.None);
}
