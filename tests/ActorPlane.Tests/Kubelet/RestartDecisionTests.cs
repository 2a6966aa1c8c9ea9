using ActorPlane.Kubelet;

namespace ActorPlane.Tests.Kubelet;

public sealed class RestartDecisionTests
{
    private static readonly CrashLoopSettings Settings = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(300), TimeSpan.FromMinutes(10));
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Always", false, 0, RestartVerdict.AtOnce)]
    [InlineData("Always", false, 1, RestartVerdict.AtOnce)]
    [InlineData("OnFailure", false, 0, RestartVerdict.Never)]
    [InlineData("OnFailure", false, 1, RestartVerdict.AtOnce)]
    [InlineData("Never", false, 0, RestartVerdict.Never)]
    [InlineData("Never", false, 137, RestartVerdict.Never)]
    [InlineData("Always", true, 0, RestartVerdict.Never)]
    [InlineData("Always", true, 1, RestartVerdict.AtOnce)]
    [InlineData("Never", true, 1, RestartVerdict.Never)]
    public void The_first_end_is_judged_by_policy_and_exit_code(string policy, bool isInit, int exitCode, RestartVerdict verdict) =>
        Assert.Equal(verdict, RestartDecision.After(policy, isInit, exitCode, CrashLoopBackOff.None, Now, Settings).Verdict);

    [Fact]
    public void The_second_end_waits_for_the_back_off()
    {
        var past = CrashLoopBackOff.None.Restarted(Now, Now, Settings);
        var endedAt = Now + TimeSpan.FromSeconds(3);

        Assert.Equal(
            new RestartDecision(RestartVerdict.Later, endedAt + TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)),
            RestartDecision.After("Always", false, 1, past, endedAt, Settings));
    }
}
