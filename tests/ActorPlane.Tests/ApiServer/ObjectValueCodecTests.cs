using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Etcd;

namespace ActorPlane.Tests.ApiServer;

public sealed class ObjectValueCodecTests
{
    private static readonly ConfigMap Written = new() { Metadata = new ObjectMeta { Name = "settings", Namespace = "default" } };
    private static readonly IKubeObject Read = Written.WithMetadata(Written.Metadata with { ResourceVersion = "7" });

    [Fact]
    public void The_revision_of_an_object_is_not_stored_with_it()
    {
        Assert.Equal(EtcdValue.Of(Written, ObjectValueCodec.Instance).ToString(), EtcdValue.Of(Read, ObjectValueCodec.Instance).ToString());
    }

    [Fact]
    public void A_value_that_is_shared_with_its_reader_keeps_its_bytes()
    {
        var stored = new EtcdKeyValue("/registry/configmaps/default/settings", EtcdValue.Of(Written, ObjectValueCodec.Instance), 7, 7, 1, 0);
        var before = stored.Value.ToString();

        stored.Share(Read);

        Assert.Same(Read, stored.Value.Reference);
        Assert.Equal(before, stored.Value.ToString());
    }

    [Fact]
    public void A_value_of_bytes_is_not_shared()
    {
        var stored = new EtcdKeyValue("key", EtcdValue.Of("bytes"), 7, 7, 1, 0);
        stored.Share(Read);
        Assert.Null(stored.Value.Reference);
        Assert.Equal("bytes", stored.Value.ToString());
    }
}
