using System.Text;

namespace ActorPlane.Etcd;

/// <summary>
/// What is stored under a key: bytes, or an immutable object that its codec encodes when bytes are asked for (by a
/// journal on disk, by the wire, by a hash). A store on the in-memory journal therefore never encodes. After a recovery
/// from disk every value is bytes. The default value is the empty byte string.
/// </summary>
public struct EtcdValue : IEquatable<EtcdValue>
{
    private object? _content;
    private readonly IEtcdValueCodec? _codec;

    private EtcdValue(object? content, IEtcdValueCodec? codec)
    {
        _content = content;
        _codec = codec;
    }

    /// <summary>The empty byte string.</summary>
    public static EtcdValue Empty => default;

    /// <summary>These very bytes, which nobody may change any more.</summary>
    public static EtcdValue Wrap(byte[] bytes) => new(bytes, null);

    /// <summary>A copy of these bytes.</summary>
    public static EtcdValue Of(ReadOnlySpan<byte> bytes) => new(bytes.ToArray(), null);

    /// <summary>The text's UTF-8 bytes.</summary>
    public static EtcdValue Of(string text) => new(Encoding.UTF8.GetBytes(text), null);

    /// <summary>An immutable object; <paramref name="codec"/> encodes it when bytes are needed.</summary>
    public static EtcdValue Of(object reference, IEtcdValueCodec codec) => new(reference, codec);

    /// <summary>The object, or null if this value is bytes.</summary>
    public readonly object? Reference => _codec is null ? null : _content;

    /// <summary>The bytes; encodes anew on each call if the value is an object.</summary>
    public readonly ReadOnlyMemory<byte> ToBytes() => _codec is null ? (byte[]?)_content : _codec.Encode(_content!);

    /// <summary>Length in bytes if that is known without encoding, otherwise null.</summary>
    public readonly int? KnownLength => _codec is null ? ((byte[]?)_content)?.Length ?? 0 : null;

    /// <summary>Takes another object that encodes to the same bytes; one write of a reference, so that any thread may read meanwhile.</summary>
    internal void Share(object equal)
    {
        if (_codec is not null) _content = equal;
    }

    /// <summary>Byte order, as etcd compares values.</summary>
    public readonly int CompareTo(EtcdValue other) => ToBytes().Span.SequenceCompareTo(other.ToBytes().Span);

    public readonly bool Equals(EtcdValue other) => ReferenceEquals(_content, other._content) || CompareTo(other) == 0;

    public readonly override bool Equals(object? obj) => obj is EtcdValue other && Equals(other);

    public readonly override int GetHashCode() => EtcdKey.Of(ToBytes().Span).GetHashCode();

    /// <summary>The bytes as text.</summary>
    public readonly override string ToString() => Encoding.UTF8.GetString(ToBytes().Span);

    public static bool operator ==(EtcdValue left, EtcdValue right) => left.Equals(right);

    public static bool operator !=(EtcdValue left, EtcdValue right) => !left.Equals(right);
}
