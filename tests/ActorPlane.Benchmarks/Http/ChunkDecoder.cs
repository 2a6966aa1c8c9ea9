namespace ActorPlane.Benchmarks.Http;

/// <summary>Takes the framing of <c>Transfer-Encoding: chunked</c> out of a stream, piece by piece.</summary>
internal sealed class ChunkDecoder
{
    private int _left;
    private int _size;
    private bool _inHeader = true;

    /// <summary>Moves the content to the beginning; returns its length.</summary>
    public int Decode(Span<byte> data)
    {
        var (from, to) = (0, 0);
        while (from < data.Length)
        {
            if (_inHeader)
            {
                ReadHeader(data[from++]);
                continue;
            }

            var part = Math.Min(_left, data.Length - from);
            data.Slice(from, part).CopyTo(data[to..]);
            (from, to, _left) = (from + part, to + part, _left - part);
            _inHeader = _left == 0;
        }

        return to;
    }

    // The size in hexadecimal digits; line ends stand before and after it.
    private void ReadHeader(byte next)
    {
        if (next == '\n')
        {
            (_left, _inHeader) = (_size, _size == 0);
            _size = 0;
        }
        else if (next != '\r')
        {
            _size = (_size * 16) + Convert.ToInt32(((char)next).ToString(), 16);
        }
    }
}
