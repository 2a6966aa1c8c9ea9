using Akka.Actor;
using Akka.Serialization;

namespace ActorPlane.Etcd;

/// <summary>
/// Binds <see cref="EtcdEventCodec"/> to Akka's journals and snapshot stores: see <c>akka.actor.serializers</c> in
/// <c>hocon/actorplane.conf</c>. The manifests are versions, not names of types.
/// </summary>
public sealed class EtcdEventSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private readonly Lazy<StoreLimits> _limits = new(() => EtcdSettings.From(system.Settings.Config).Limits);

    /// <summary>Stored beside each event: never to be given to another serializer.</summary>
    public override int Identifier => 4201;

    public override string Manifest(object o) => o switch
    {
        EtcdEventBatch => EtcdEventCodec.BatchManifest,
        StoreState => EtcdEventCodec.SnapshotManifest,
        _ => throw new ArgumentException($"{nameof(EtcdEventSerializer)} does not store {o.GetType()}", nameof(o)),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        EtcdEventBatch batch => EtcdEventCodec.Encode(batch),
        StoreState state => EtcdEventCodec.Encode(state),
        _ => throw new ArgumentException($"{nameof(EtcdEventSerializer)} does not store {obj.GetType()}", nameof(obj)),
    };

    /// <returns>What was stored; a <see cref="DamagedSnapshot"/> for a snapshot that is torn or damaged.</returns>
    /// <exception cref="InvalidDataException">The bytes of a batch are torn or damaged, or a newer version wrote them.</exception>
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        EtcdEventCodec.BatchManifest => EtcdEventCodec.DecodeBatch(bytes),
        EtcdEventCodec.SnapshotManifest => DecodeSnapshot(bytes),
        _ => throw new InvalidDataException($"the store's database holds '{manifest}', which this version cannot read"),
    };

    private object DecodeSnapshot(byte[] bytes)
    {
        try
        {
            return EtcdEventCodec.DecodeSnapshot(bytes, _limits.Value);
        }
        catch (InvalidDataException e)
        {
            return new DamagedSnapshot(e.Message);
        }
    }
}
