using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Tests.Tracing;

public sealed class ActorNamesTests
{
    [Theory]
    [InlineData("user/etcd", "etcd")]
    [InlineData("user/etcd/store", "etcd")]
    [InlineData("user/kube-apiserver", "kube-apiserver")]
    [InlineData("user/kube-controller-manager", "kube-controller-manager")]
    [InlineData("user/kube-controller-manager/replicaset", "replicaset-controller")]
    [InlineData("user/nodes/node-1", "machine node-1")]
    [InlineData("user/nodes/node-1/kubelet", "kubelet node-1")]
    [InlineData("user/nodes/node-1/runtime", "runtime node-1")]
    [InlineData("user/nodes/node-1/runtime/web-1", "pod web-1")]
    [InlineData("user/nodes/node-1/runtime/web-1/server", "container web-1/server")]
    [InlineData("user/network/node-1", "link node-1")]
    [InlineData("user/kubectl", "kubectl")]
    [InlineData("temp/a", "outside")]
    [InlineData("deadLetters", "-")]
    [InlineData("system/log", "system/log")]
    public void A_path_has_the_name_that_readers_know(string path, string name) => Assert.Equal(name, ActorNames.Of(path.Split('/')));

    [Fact]
    public void No_sender_is_a_dash()
    {
        Assert.Equal("-", ActorNames.Of(ActorRefs.NoSender));
        Assert.Equal("-", ActorNames.Of(ActorRefs.Nobody));
    }
}
