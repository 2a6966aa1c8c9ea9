using System.Buffers.Binary;

namespace ActorPlane.Api;

/// <summary>Walks over the fields of one protobuf message.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> data)
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Bytes = 2;
    public const int Fixed32 = 5;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;
    private ulong _tag;

    public readonly bool AtEnd => _position == _data.Length;

    /// <summary>Goes on to the next field if it has the number and type of the one before; otherwise stays.</summary>
    public bool NextIsSame()
    {
        if (_position == _data.Length) return false;
        var position = _position;
        if (ReadVarint() == _tag) return true;
        _position = position;
        return false;
    }

    public bool NextField(out int number, out int wire)
    {
        if (_position == _data.Length)
        {
            (number, wire) = (0, 0);
            return false;
        }

        var tag = _tag = ReadVarint();
        number = (int)(tag >> 3);
        wire = (int)(tag & 7);
        if (number == 0) throw Broken("illegal tag 0");
        return true;
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position == _data.Length) throw Broken("unexpected EOF");
            var b = _data[_position++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }

        throw Broken("integer overflow");
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        if (length > (ulong)(_data.Length - _position)) throw Broken("unexpected EOF");
        var bytes = _data.Slice(_position, (int)length);
        _position += (int)length;
        return bytes;
    }

    public ulong ReadFixed64()
    {
        if (_data.Length - _position < 8) throw Broken("unexpected EOF");
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_data[_position..]);
        _position += 8;
        return value;
    }

    public string ReadText()
    {
        try
        {
            return StringCache.Get(ReadBytes());
        }
        catch (InvalidOperationException)
        {
            throw Broken("a text is not valid UTF-8");
        }
    }

    public void Skip(int wire)
    {
        switch (wire)
        {
            case Varint: ReadVarint(); break;
            case Fixed64: ReadFixed64(); break;
            case Bytes: ReadBytes(); break;
            case Fixed32:
                if (_data.Length - _position < 4) throw Broken("unexpected EOF");
                _position += 4;
                break;
            default: throw Broken($"illegal wireType {wire}");
        }
    }

    public static void Expect(int wire, int expected)
    {
        if (wire != expected) throw Broken($"wrong wireType = {wire}");
    }

    public static DecodeException Broken(string why) => new("proto: " + why);

}
