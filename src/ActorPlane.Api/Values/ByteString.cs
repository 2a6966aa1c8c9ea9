namespace ActorPlane.Api;

/// <summary>Immutable bytes with value equality; base64 in JSON.</summary>
public readonly struct ByteString : IEquatable<ByteString>
{
    private readonly byte[]? _bytes;

    private ByteString(byte[] bytes) => _bytes = bytes;

    /// <summary>No bytes.</summary>
    public static ByteString Empty => default;

    /// <summary>A copy of these bytes.</summary>
    public static ByteString From(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>The bytes of a text in UTF-8.</summary>
    public static ByteString FromUtf8(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Takes the array over: the caller must not change it afterwards.</summary>
    internal static ByteString Wrap(byte[] bytes) => new(bytes);

    /// <summary>How many bytes there are.</summary>
    public int Length => _bytes?.Length ?? 0;

    /// <summary>The bytes without copying.</summary>
    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>The bytes as base64.</summary>
    public string ToBase64() => Convert.ToBase64String(Span);

    /// <summary>The bytes read as UTF-8.</summary>
    public string ToUtf8() => System.Text.Encoding.UTF8.GetString(Span);

    /// <inheritdoc/>
    public bool Equals(ByteString other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ByteString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => ToBase64();

    /// <summary>Value equality.</summary>
    public static bool operator ==(ByteString left, ByteString right) => left.Equals(right);

    /// <summary>Value inequality.</summary>
    public static bool operator !=(ByteString left, ByteString right) => !left.Equals(right);
}
