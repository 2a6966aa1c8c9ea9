using System.Buffers.Binary;
using System.Text;

namespace ActorPlane.Api;

/// <summary>Writes the fields of one protobuf message.</summary>
internal sealed class ProtoWriter
{
    private byte[] _data = new byte[256];
    private int _count;

    public int Count => _count;

    public ReadOnlySpan<byte> Written => _data.AsSpan(0, _count);

    public void Varint(int number, ulong value)
    {
        Raw(((ulong)number << 3) | ProtoReader.Varint);
        Raw(value);
    }

    public void Fixed64(int number, ulong value)
    {
        Raw(((ulong)number << 3) | ProtoReader.Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);
    }

    public void Bytes(int number, ReadOnlySpan<byte> bytes)
    {
        Raw(((ulong)number << 3) | ProtoReader.Bytes);
        Raw((ulong)bytes.Length);
        bytes.CopyTo(Room(bytes.Length));
    }

    public void Text(int number, string text) => Bytes(number, Encoding.UTF8.GetBytes(text));

    private void Raw(ulong value)
    {
        while (value >= 0x80)
        {
            Room(1)[0] = (byte)(value | 0x80);
            value >>= 7;
        }

        Room(1)[0] = (byte)value;
    }

    private Span<byte> Room(int length)
    {
        if (_data.Length - _count < length) Array.Resize(ref _data, Math.Max(_data.Length * 2, _count + length));
        var room = _data.AsSpan(_count, length);
        _count += length;
        return room;
    }
}
