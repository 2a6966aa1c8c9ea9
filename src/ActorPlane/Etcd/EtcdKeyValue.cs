namespace ActorPlane.Etcd;

/// <summary>
/// One key at one revision, or the tombstone that its deletion left. Immutable and shared: the same instance stands in
/// the index, the history, replies and watch events.
/// </summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value; empty in a tombstone and in keys-only replies.</param>
/// <param name="CreateRevision">Revision at which the key came into being, after its last deletion; 0 in a tombstone.</param>
/// <param name="ModRevision">Revision of this very change.</param>
/// <param name="Version">1 when the key is created, plus 1 with each change; 0 in a tombstone.</param>
/// <param name="LeaseId">The lease whose end deletes the key; 0 for none.</param>
public sealed record EtcdKeyValue(
    EtcdKey Key, EtcdValue Value, long CreateRevision, long ModRevision, long Version, long LeaseId)
{
    private EtcdValue _value = Value;

    /// <summary>Its value; empty in a tombstone and in keys-only replies.</summary>
    public EtcdValue Value
    {
        get => _value;
        init => _value = value;
    }

    /// <summary>True if this change deleted the key.</summary>
    public bool IsTombstone => Version == 0;

    /// <summary>What is left of a key that was deleted at this revision.</summary>
    public static EtcdKeyValue Tombstone(EtcdKey key, long revision) => new(key, EtcdValue.Empty, 0, revision, 0, 0);

    /// <summary>
    /// Lets the value be held once: it refers from now on to an object that its codec encodes to the very same bytes, such
    /// as the one that a reader keeps of it with the revision noted in it. Nothing happens if the value is bytes.
    /// </summary>
    internal void Share(object equal) => _value.Share(equal);

    /// <summary>The same without its value.</summary>
    public EtcdKeyValue WithoutValue() => this with { Value = EtcdValue.Empty };
}
