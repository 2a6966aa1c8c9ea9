using System.Buffers.Binary;
using System.Text;

namespace ActorPlane.Etcd;

/// <summary>
/// A key of the store: an immutable byte string, ordered byte by byte as in etcd. Kubernetes keys are UTF-8 text such
/// as <c>/registry/pods/default/web-1</c>. The default value is the empty key, which no command accepts as a name.
/// </summary>
public readonly struct EtcdKey : IEquatable<EtcdKey>, IComparable<EtcdKey>
{
    private readonly byte[]? _bytes;

    private EtcdKey(byte[] bytes) => _bytes = bytes;

    /// <summary>The empty key.</summary>
    public static EtcdKey Empty => default;

    /// <summary>The key of one zero byte: as the end of a range it means "without end".</summary>
    public static EtcdKey Zero { get; } = new([0]);

    /// <summary>The key made of the text's UTF-8 bytes.</summary>
    public static EtcdKey Of(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>The key made of a copy of these bytes.</summary>
    public static EtcdKey Of(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>The key over these very bytes, which nobody may change any more.</summary>
    public static EtcdKey Wrap(byte[] bytes) => new(bytes);

    public static implicit operator EtcdKey(string text) => Of(text);

    public ReadOnlySpan<byte> Span => _bytes;

    public ReadOnlyMemory<byte> Memory => _bytes;

    /// <summary>Length in bytes.</summary>
    public int Length => _bytes?.Length ?? 0;

    public bool IsEmpty => Length == 0;

    /// <summary>True for the key of one zero byte.</summary>
    public bool IsZero => Length == 1 && _bytes![0] == 0;

    /// <summary>True if the two share their bytes, which costs no comparison; equal keys need not. False for empty keys.</summary>
    internal bool IsSame(EtcdKey other) => _bytes is not null && ReferenceEquals(_bytes, other._bytes);

    public bool StartsWith(EtcdKey prefix) => Span.StartsWith(prefix.Span);

    /// <summary>
    /// The smallest key above all keys with this prefix: the prefix with its last byte below 0xff raised and the rest
    /// cut off; <see cref="Zero"/> (without end) if there is none. <c>/a</c> gives <c>/b</c>.
    /// </summary>
    public EtcdKey PrefixEnd()
    {
        for (var i = Length - 1; i >= 0; i--)
        {
            if (_bytes![i] == 0xff) continue;
            var end = _bytes[..(i + 1)];
            end[i]++;
            return new EtcdKey(end);
        }
        return Zero;
    }

    /// <summary>The very next key in order: this key with a zero byte appended.</summary>
    public EtcdKey Next()
    {
        var next = new byte[Length + 1];
        Span.CopyTo(next);
        return new EtcdKey(next);
    }

    public int CompareTo(EtcdKey other) => Span.SequenceCompareTo(other.Span);

    public bool Equals(EtcdKey other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is EtcdKey other && Equals(other);

    public override int GetHashCode()
    {
        // FNV-1a over eight bytes at a time: the same in every process, so that nothing built on it can differ between two
        // runs of one seed.
        var hash = 14695981039346656037ul;
        var rest = Span;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            hash = Mixed(hash, BinaryPrimitives.ReadUInt64LittleEndian(rest));
        var last = 0ul;
        foreach (var b in rest) last = (last << 8) | b;
        hash = Mixed(hash, last);
        return (int)(hash ^ (hash >> 32));

        static ulong Mixed(ulong hash, ulong word)
        {
            hash = (hash ^ word) * 1099511628211ul;
            return hash ^ (hash >> 29);
        }
    }

    /// <summary>The key as text; bytes that are not UTF-8 show as the replacement character.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);

    public static bool operator ==(EtcdKey left, EtcdKey right) => left.Equals(right);

    public static bool operator !=(EtcdKey left, EtcdKey right) => !left.Equals(right);

    public static bool operator <(EtcdKey left, EtcdKey right) => left.CompareTo(right) < 0;

    public static bool operator >(EtcdKey left, EtcdKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(EtcdKey left, EtcdKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EtcdKey left, EtcdKey right) => left.CompareTo(right) >= 0;
}
