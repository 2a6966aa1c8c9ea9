using ActorPlane.Api.Core.V1;
using ActorPlane.Kubelet;

namespace ActorPlane.Tests.Kubelet;

public sealed class ContainerExtensionsTests
{
    [Fact]
    public void A_container_without_probes_is_ready_at_once() => Assert.Equal(TimeSpan.Zero, Pods.Container("a").ReadyAfter());

    [Fact]
    public void The_initial_delay_of_the_readiness_probe_is_waited_for() =>
        Assert.Equal(
            TimeSpan.FromSeconds(5),
            (Pods.Container("a") with { ReadinessProbe = new Probe { InitialDelaySeconds = 5 } }).ReadyAfter());

    [Fact]
    public void A_probe_must_pass_as_often_as_it_wants() =>
        Assert.Equal(
            TimeSpan.FromSeconds(5 + (2 * 4)),
            (Pods.Container("a") with { ReadinessProbe = new Probe { InitialDelaySeconds = 5, PeriodSeconds = 4, SuccessThreshold = 3 } }).ReadyAfter());

    [Fact]
    public void A_container_is_not_ready_before_it_has_started()
    {
        var container = Pods.Container("a") with { StartupProbe = new Probe { InitialDelaySeconds = 20 }, ReadinessProbe = new Probe { InitialDelaySeconds = 5 } };

        Assert.Equal((TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20)), (container.StartedAfter(), container.ReadyAfter()));
    }
}
