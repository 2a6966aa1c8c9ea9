using ActorPlane.Etcd;

namespace ActorPlane.Tests.Etcd;

/// <summary>Results and events as text, so that whole values are compared and a difference can be read.</summary>
internal static class EtcdText
{
    public static string Of(EtcdKeyValue? keyValue) => keyValue is null
        ? "-"
        : $"{keyValue.Key}={keyValue.Value} c{keyValue.CreateRevision} m{keyValue.ModRevision} v{keyValue.Version} l{keyValue.LeaseId:x}";

    public static string Of(EtcdWatchEvent change) => change.IsDelete
        ? $"r{change.Revision} delete {change.Key} was {Of(change.Previous)}"
        : $"r{change.Revision} put {Of(change.KeyValue)} was {Of(change.Previous)}";

    public static string Of(EtcdResult? result) => result switch
    {
        null => "nothing",
        EtcdResult.Put put => $"put was {Of(put.Previous)}",
        EtcdResult.DeleteRange delete => $"deleted {delete.Deleted} [{string.Join(", ", delete.Previous.Select(Of))}]",
        EtcdResult.Range range => $"{range.Count} {(range.More ? "more" : "all")} [{string.Join(", ", range.KeyValues.Select(Of))}]",
        EtcdResult.Txn txn => $"txn {txn.Succeeded} {{{string.Join("; ", txn.Results.Select(Of))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    public static string Of(StoreDecision decision) => decision.Error?.Message ?? Of(decision.Result);
}
