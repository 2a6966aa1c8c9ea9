namespace ActorPlane.Etcd;

/// <summary>Reads what <see cref="EtcdBinaryWriter"/> wrote; anything else is an <see cref="InvalidDataException"/>.</summary>
internal ref struct EtcdBinaryReader
{
    private ReadOnlySpan<byte> _rest;

    /// <param name="bytes">The whole message.</param>
    /// <param name="what">What it is, for the error.</param>
    public EtcdBinaryReader(ReadOnlySpan<byte> bytes, string what)
    {
        if (bytes.Length < 4) throw new InvalidDataException($"{what} is torn: {bytes.Length} bytes are left of it");
        var body = bytes[..^4];
        var checksum = EtcdBinaryWriter.Checksum(body);
        for (var i = 0; i < 4; i++)
        {
            if (bytes[body.Length + i] != (byte)(checksum >> (8 * i)))
                throw new InvalidDataException($"{what} of {bytes.Length} bytes is damaged: its checksum does not match");
        }
        _rest = body;
    }

    public readonly bool AtEnd => _rest.IsEmpty;

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty) break;
            var b = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }
        throw new InvalidDataException("a number does not end");
    }

    public long Long() => (long)Number();

    /// <summary>A count of things that take at least one byte each.</summary>
    public int Count()
    {
        var count = Number();
        if (count > (ulong)_rest.Length) throw new InvalidDataException($"{count} items are announced, {_rest.Length} bytes are left");
        return (int)count;
    }

    public byte[] Bytes()
    {
        var length = Count();
        var bytes = _rest[..length].ToArray();
        _rest = _rest[length..];
        return bytes;
    }
}
