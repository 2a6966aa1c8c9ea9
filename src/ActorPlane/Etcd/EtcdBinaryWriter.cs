using System.Buffers.Binary;
using System.Numerics;

namespace ActorPlane.Etcd;

/// <summary>Appends numbers and byte strings in the compact form of <see cref="EtcdEventCodec"/>.</summary>
internal sealed class EtcdBinaryWriter(int capacity)
{
    private byte[] _buffer = new byte[Math.Max(capacity, 64)];
    private int _length;

    /// <summary>Seven bits a byte, the lowest first, the top bit set but in the last: what protobuf calls a varint.</summary>
    public void Number(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        _buffer[_length++] = (byte)value;
    }

    public void Number(long value) => Number((ulong)value);

    /// <summary>A length and the bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number((ulong)bytes.Length);
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Everything written, followed by its CRC-32C.</summary>
    public byte[] ToArrayWithChecksum()
    {
        var checksum = Checksum(_buffer.AsSpan(0, _length));
        Reserve(4);
        for (var i = 0; i < 4; i++) _buffer[_length++] = (byte)(checksum >> (8 * i));
        return _buffer.AsSpan(0, _length).ToArray();
    }

    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }

    private void Reserve(int bytes)
    {
        var needed = (long)_length + bytes;
        if (needed <= _buffer.Length) return;
        Array.Resize(ref _buffer, (int)Math.Min(Math.Max(needed, _buffer.Length * 2L), Array.MaxLength));
    }
}
