using ActorPlane.Etcd;

namespace ActorPlane.Host.EtcdWire;

/// <summary>Keeps writers on the wire away from the keys that belong to the API server.</summary>
internal static class EtcdWriteGuard
{
    /// <summary>Everything that Kubernetes stores.</summary>
    private static readonly EtcdKeyRange Registry = EtcdKeyRange.Prefix("/registry/");

    public static GrpcStatusException Refusal => new(
        GrpcStatusException.PermissionDenied,
        "etcdserver: permission denied: keys below /registry belong to the API server; --etcd-unsafe-writes lets others write them");

    /// <summary>True if the operation may change a key of the API server.</summary>
    public static bool Touches(EtcdOp op) => op switch
    {
        EtcdOp.Put put => Registry.Contains(put.Key),
        EtcdOp.DeleteRange delete => Overlaps(delete.Keys),
        EtcdOp.Txn txn => txn.Then.Any(Touches) || txn.Else.Any(Touches),
        _ => false,
    };

    public static bool Touches(IEnumerable<EtcdKey> keys) => keys.Any(Registry.Contains);

    private static bool Overlaps(EtcdKeyRange keys)
    {
        if (keys.IsSingle) return Registry.Contains(keys.Start);
        return !keys.IsVoid && keys.Start < Registry.End && (keys.IsUnbounded || keys.End > Registry.Start);
    }
}
