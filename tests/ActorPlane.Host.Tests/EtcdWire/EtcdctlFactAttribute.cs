namespace ActorPlane.Host.Tests.EtcdWire;

/// <summary>A test that needs Debian's etcdctl; without it the test is skipped and says so.</summary>
internal sealed class EtcdctlFactAttribute : FactAttribute
{
    public EtcdctlFactAttribute()
    {
        if (WireFixture.Etcdctl is null) Skip = "etcdctl is not installed (package etcd-client)";
    }
}
