namespace ActorPlane.Etcd;

/// <summary>
/// Which keys a command means, written as on etcd's wire. An empty <see cref="End"/> means the one key
/// <see cref="Start"/>; an end of one zero byte means every key from <see cref="Start"/> on; any other end is the first
/// key no longer meant. A range whose end is not above its start holds nothing.
/// </summary>
/// <param name="Start">First key meant; must not be empty.</param>
/// <param name="End">Exclusive end, or one of the two special values above.</param>
public readonly record struct EtcdKeyRange(EtcdKey Start, EtcdKey End)
{
    /// <summary>Every key there is.</summary>
    public static EtcdKeyRange All => new(EtcdKey.Zero, EtcdKey.Zero);

    /// <summary>This one key.</summary>
    public static EtcdKeyRange Single(EtcdKey key) => new(key, EtcdKey.Empty);

    /// <summary>Every key that starts with these bytes; an empty prefix means all keys.</summary>
    public static EtcdKeyRange Prefix(EtcdKey prefix) => prefix.IsEmpty ? All : new(prefix, prefix.PrefixEnd());

    /// <summary>Every key from this one on.</summary>
    public static EtcdKeyRange From(EtcdKey start) => new(start, EtcdKey.Zero);

    public static implicit operator EtcdKeyRange(EtcdKey key) => Single(key);

    public bool IsSingle => End.IsEmpty;

    public bool IsUnbounded => End.IsZero;

    /// <summary>True if the range can hold no key.</summary>
    public bool IsVoid => !IsSingle && !IsUnbounded && End <= Start;

    public bool Contains(EtcdKey key)
    {
        if (IsSingle) return key == Start;
        return key >= Start && (IsUnbounded || key < End);
    }

    /// <summary><c>/a</c>, <c>/a*</c> for a prefix, <c>[/a, /c)</c> or <c>[/a, ...)</c>.</summary>
    public override string ToString()
    {
        if (IsSingle) return Start.ToString();
        if (IsUnbounded) return Start.IsZero ? "all keys" : $"[{Start}, ...)";
        return Start.PrefixEnd() == End ? $"{Start}*" : $"[{Start}, {End})";
    }
}
