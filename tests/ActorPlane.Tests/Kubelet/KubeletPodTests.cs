using ActorPlane.Api.Core.V1;
using ActorPlane.Kubelet;

namespace ActorPlane.Tests.Kubelet;

public sealed class KubeletPodTests
{
    private static readonly Pod First = Pods.Of(Pods.Spec("Always", "a"));

    [Fact]
    public void Only_a_newer_pod_is_taken()
    {
        var pod = new KubeletPod(First);

        pod.See(Seen(9));
        Assert.Same(First, pod.Pod);
        pod.See(Seen(11));
        Assert.Equal("11", pod.Pod.Metadata.ResourceVersion);
    }

    [Fact]
    public void Ephemeral_containers_are_news_once()
    {
        var pod = new KubeletPod(First);
        var debugged = First.Spec with { EphemeralContainers = [new EphemeralContainer { Name = "debug" }] };

        Assert.True(pod.See(Seen(11) with { Spec = debugged }));
        Assert.False(pod.See(Seen(12) with { Spec = debugged }));
    }

    [Fact]
    public void A_status_that_somebody_else_wrote_is_outdated_and_the_own_one_is_not()
    {
        var report = new RuntimeProtocol.PodReport("uid-1", "10.0.0.2", [], Pods.Statuses("a:run"), HasEnded: false, [], default);
        var pod = new KubeletPod(First) { Report = report };
        var status = pod.StatusAt(Pods.Now, [new HostIP { Ip = "172.16.0.1" }]);
        pod.Written = status;

        pod.See(Seen(11) with { Status = status });
        Assert.False(pod.IsOutdated);
        pod.See(Seen(12) with { Status = status with { Phase = "Pending" } });
        Assert.True(pod.IsOutdated);
    }

    private static Pod Seen(int revision) => First with { Metadata = First.Metadata with { ResourceVersion = revision.ToString() } };
}
