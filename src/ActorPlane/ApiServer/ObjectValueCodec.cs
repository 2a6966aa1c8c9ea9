using ActorPlane.Api;
using ActorPlane.Etcd;

namespace ActorPlane.ApiServer;

/// <summary>Objects in etcd: by reference as long as nobody needs bytes, then as JSON, which the real server stores for custom resources.</summary>
internal sealed class ObjectValueCodec : IEtcdValueCodec
{
    public static ObjectValueCodec Instance { get; } = new();

    /// <inheritdoc />
    public byte[] Encode(object value)
    {
        // The revision is etcd's to say: it is not stored (storage/etcd3/store.go, PrepareObjectForStorage).
        var item = (IKubeObject)value;
        return JsonCodec.Encode(item.Metadata.ResourceVersion is null ? item : item.WithMetadata(item.Metadata with { ResourceVersion = null }));
    }

    /// <summary>The object behind a value of etcd. Throws <see cref="DecodeException"/> when it is none of this resource.</summary>
    public static IKubeObject Decode(EtcdValue value, ResourceType type)
    {
        var item = value.Reference as IKubeObject ?? (IKubeObject)JsonCodec.Decode(type.Info.Schema, value.ToBytes().Span, strict: false, out _);
        return type.Info.Custom is null ? item : InCurrentForm((CustomObject)item, type);
    }

    /// <summary>A custom object in the version and under the schema that hold now.</summary>
    public static CustomObject InCurrentForm(CustomObject item, ResourceType type) => item.Under(type.Info.Custom!.Schema);
}
