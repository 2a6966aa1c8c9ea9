namespace ActorPlane.Etcd;

/// <summary>
/// What one incarnation of the store leaves to the next: which snapshots proved damaged, so that it starts from an older
/// one. An actor chooses its snapshot before it sees any, so this cannot be found out in one go. Used by one store at a time.
/// </summary>
public sealed class SnapshotFallback
{
    /// <summary>Snapshots of later writes are not to be tried.</summary>
    public long NewestToTry { get; private set; } = long.MaxValue;

    /// <summary>The latest write with a damaged snapshot; what is recovered has to reach it. 0 if none is known.</summary>
    public long NewestDamaged { get; private set; }

    /// <summary>The snapshot of this write is damaged.</summary>
    public void Skip(long sequenceNr)
    {
        NewestToTry = sequenceNr - 1;
        NewestDamaged = Math.Max(NewestDamaged, sequenceNr);
    }

    /// <summary>The store recovered: all snapshots may be tried again.</summary>
    public void Clear() => (NewestToTry, NewestDamaged) = (long.MaxValue, 0);
}
