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

    public void Text(int number, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Raw(((ulong)number << 3) | ProtoReader.Bytes);
        Raw((ulong)length);
        Encoding.UTF8.GetBytes(text, Room(length));
    }

    /// <summary>Begins a message inside this one. What is written until <see cref="Close"/> is its content.</summary>
    /// <returns>For <see cref="Close"/>.</returns>
    public int Open(int number)
    {
        Raw(((ulong)number << 3) | ProtoReader.Bytes);

        // Most messages are shorter than 128 bytes: one byte is kept for the length, and longer content moves.
        Room(1)[0] = 0;
        return _count;
    }

    /// <summary>Ends a message inside this one.</summary>
    public void Close(int begin)
    {
        var length = _count - begin;
        var more = 0;
        for (var rest = length >> 7; rest > 0; rest >>= 7) more++;
        if (more > 0)
        {
            Room(more);
            _data.AsSpan(begin, length).CopyTo(_data.AsSpan(begin + more));
        }

        var at = begin - 1;
        for (var rest = (uint)length; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                _data[at] = (byte)rest;
                break;
            }

            _data[at++] = (byte)(rest | 0x80);
        }
    }

    /// <summary>The begin of a field of so many bytes that are written elsewhere.</summary>
    public void Head(int number, ulong length)
    {
        Raw(((ulong)number << 3) | ProtoReader.Bytes);
        Raw(length);
    }

    /// <summary>Bytes that are no field.</summary>
    public void Prefix(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    /// <summary>Forgets what was written after the first <paramref name="count"/> bytes.</summary>
    public void Cut(int count) => _count = count;

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
