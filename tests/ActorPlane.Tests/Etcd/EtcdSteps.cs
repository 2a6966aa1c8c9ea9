using ActorPlane.Etcd;
using FsCheck;
using FsCheck.Fluent;

namespace ActorPlane.Tests.Etcd;

/// <summary>One step of a random history. Revisions are said relative to the newest, so that a shortened history still makes sense.</summary>
internal abstract record EtcdStep
{
    public sealed record Execute(EtcdOp Op) : EtcdStep;

    public sealed record Grant(long LeaseId, long TtlSeconds) : EtcdStep;

    public sealed record EndLease(long LeaseId) : EtcdStep;

    public sealed record Compact(int Back) : EtcdStep;

    public sealed record Watch(EtcdKeyRange Keys, int Back, bool PrevKv, bool NoPut, bool NoDelete) : EtcdStep;

    /// <summary>What was written so far becomes durable, and watchers are told.</summary>
    public sealed record Commit : EtcdStep;

    public sealed record Snapshot : EtcdStep;

    public sealed record Restart : EtcdStep;
}

/// <summary>Random histories over few keys and leases, so that they meet.</summary>
internal static class EtcdSteps
{
    private static readonly Gen<EtcdKey> Key =
        from name in Gen.Elements("a", "b", "ba", "bb", "c", "c/1", "c/2", "d") select EtcdKey.Of(name);

    private static readonly Gen<EtcdKeyRange> Keys = Gen.Frequency(
        (4, from key in Key select EtcdKeyRange.Single(key)),
        (3, from key in Key select EtcdKeyRange.Prefix(key)),
        (2, from start in Key from end in Key select new EtcdKeyRange(start, end)),
        (1, from key in Key select EtcdKeyRange.From(key)),
        (1, Gen.Constant(EtcdKeyRange.All)));

    private static readonly Gen<bool> Seldom = Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)));

    private static readonly Gen<long> Lease = Gen.Frequency((6, Gen.Constant(0L)), (2, Gen.Elements(1L, 2L, 3L)));

    private static readonly Gen<EtcdValue> Value = from n in Gen.Choose(0, 9) select EtcdValue.Of($"value {n}");

    private static readonly Gen<EtcdOp> Put =
        from key in Key
        from value in Value
        from lease in Lease
        from prevKv in Gen.Elements(true, false)
        from ignoreValue in Seldom
        from ignoreLease in Seldom
        select (EtcdOp)new EtcdOp.Put(
            key, ignoreValue ? EtcdValue.Empty : value, ignoreLease ? 0 : lease, prevKv, ignoreValue, ignoreLease);

    private static readonly Gen<EtcdOp> Delete =
        from keys in Keys from prevKv in Gen.Elements(true, false) select (EtcdOp)new EtcdOp.DeleteRange(keys, prevKv);

    private static readonly Gen<EtcdCompare> Compare =
        from keys in Gen.Frequency((5, from key in Key select EtcdKeyRange.Single(key)), (1, Keys))
        from target in Gen.Elements(
            EtcdCompareTarget.Version, EtcdCompareTarget.CreateRevision, EtcdCompareTarget.ModRevision, EtcdCompareTarget.Value,
            EtcdCompareTarget.Lease)
        from result in Gen.Elements(
            EtcdCompareResult.Equal, EtcdCompareResult.Greater, EtcdCompareResult.Less, EtcdCompareResult.NotEqual)
        from number in Gen.Choose(0, 6)
        from value in Value
        select target == EtcdCompareTarget.Value
            ? new EtcdCompare(keys, target, result, Value: value)
            : new EtcdCompare(keys, target, result, number);

    /// <summary>Negative revisions stand for so far back from the newest: <see cref="Resolve"/> makes them real.</summary>
    private static readonly Gen<EtcdOp> Range =
        from keys in Keys
        from back in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(-1, 40)))
        from limit in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 4)))
        from sortBy in Gen.Elements(
            EtcdSortTarget.Key, EtcdSortTarget.Version, EtcdSortTarget.CreateRevision, EtcdSortTarget.ModRevision, EtcdSortTarget.Value)
        from order in Gen.Elements(EtcdSortOrder.None, EtcdSortOrder.Ascending, EtcdSortOrder.Descending)
        from keysOnly in Seldom
        from countOnly in Seldom
        from bounds in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 15)))
        from bound in Gen.Choose(1, 60)
        select (EtcdOp)new EtcdOp.Range(
            keys, back == 0 ? 0 : -1000 - back, limit, order == EtcdSortOrder.None ? EtcdSortTarget.Key : sortBy, order, keysOnly, countOnly,
            (bounds & 1) != 0 ? bound : 0, (bounds & 2) != 0 ? bound : 0, (bounds & 4) != 0 ? bound : 0, (bounds & 8) != 0 ? bound : 0);

    private static Gen<EtcdOp> Txn(int depth) =>
        from compares in ListOf(Compare, 0, 2)
        from then in ListOf(OpOf(depth - 1), 0, 3)
        from otherwise in ListOf(OpOf(depth - 1), 0, 2)
        select (EtcdOp)new EtcdOp.Txn(compares, then, otherwise);

    private static Gen<List<T>> ListOf<T>(Gen<T> of, int least, int most) =>
        from length in Gen.Choose(least, most) from list in of.ListOf(length) select list.ToList();

    private static Gen<EtcdOp> OpOf(int depth) => depth > 0
        ? Gen.Frequency((4, Put), (2, Delete), (3, Range), (1, Txn(depth)))
        : Gen.Frequency((4, Put), (1, Delete), (2, Range));

    /// <summary>Operations on keys alone.</summary>
    public static Gen<EtcdOp> Op { get; } = Gen.Frequency((5, Put), (2, Delete), (3, Range), (4, Txn(2)));

    public static Gen<EtcdStep> Step { get; } = Gen.Frequency(
        (30, from op in Op select (EtcdStep)new EtcdStep.Execute(op)),
        (2, from lease in Gen.Elements(1L, 2L, 3L) select (EtcdStep)new EtcdStep.Grant(lease, 60)),
        (1, from lease in Gen.Elements(1L, 2L, 3L) select (EtcdStep)new EtcdStep.EndLease(lease)),
        (1, from back in Gen.Choose(-1, 30) select (EtcdStep)new EtcdStep.Compact(back)),
        (2, from keys in Keys
            from back in Gen.Choose(-3, 30)
            from prevKv in Gen.Elements(true, false)
            from noPut in Seldom
            from noDelete in Seldom
            select (EtcdStep)new EtcdStep.Watch(keys, back, prevKv, noPut, noDelete)),
        (8, Gen.Constant((EtcdStep)new EtcdStep.Commit())),
        (1, Gen.Constant((EtcdStep)new EtcdStep.Snapshot())),
        (1, Gen.Constant((EtcdStep)new EtcdStep.Restart())));

    public static Arbitrary<EtcdStep[]> Histories(int length) =>
        Arb.From(from steps in ListOf(Step, 1, length) select steps.ToArray(), Shorter);

    /// <summary>The operation with its relative revisions made real.</summary>
    public static EtcdOp Resolve(EtcdOp op, long revision) => op switch
    {
        EtcdOp.Range { Revision: <= -999 } range => range with { Revision = Math.Max(1, revision + range.Revision + 1000) },
        EtcdOp.Txn txn => txn with
        {
            Then = txn.Then.Select(inner => Resolve(inner, revision)).ToList(),
            Else = txn.Else.Select(inner => Resolve(inner, revision)).ToList(),
        },
        _ => op,
    };

    private static IEnumerable<EtcdStep[]> Shorter(EtcdStep[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= steps.Length; at += size)
                yield return [.. steps[..at], .. steps[(at + size)..]];
        }
    }
}
