using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorPlane.Benchmarks.Http;

/// <summary>One keep-alive connection that costs its client little: requests are bytes made before, answers are measured and not decoded.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    public async Task Connect(IPEndPoint server) => await _socket.ConnectAsync(server);

    /// <summary>A request with all its headers.</summary>
    public static byte[] Request(string method, string path, string contentType = "", string body = "") => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench/1\r\nAccept: application/json\r\n"
        + (body.Length == 0 ? "" : $"Content-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n") + "\r\n" + body);

    /// <summary>Sends a request and reads its whole answer.</summary>
    /// <returns>The status code and the length of the body.</returns>
    public async ValueTask<(int Status, long Length)> Send(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;) sent += await _socket.SendAsync(request[sent..]);
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf(HeadEnd)) < 0) await Fill();
        var head = Encoding.ASCII.GetString(_buffer, 0, end);
        Consume(end + HeadEnd.Length);
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return (status, await ReadChunks());
        var from = at + "Content-Length: ".Length;
        var lineEnd = head.IndexOf('\r', from);
        var length = long.Parse(head.AsSpan(from, (lineEnd < 0 ? head.Length : lineEnd) - from), CultureInfo.InvariantCulture);
        await Skip(length);
        return (status, length);
    }

    /// <summary>Sends a request whose answer is read with <see cref="Read"/>.</summary>
    public async ValueTask Begin(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;) sent += await _socket.SendAsync(request[sent..]);
    }

    /// <summary>What has arrived; 0 at the end.</summary>
    public ValueTask<int> Read(Memory<byte> into) => _socket.ReceiveAsync(into);

    public void Dispose() => _socket.Dispose();

    private async ValueTask<long> ReadChunks()
    {
        for (var total = 0L; ;)
        {
            int end;
            while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n"u8)) < 0) await Fill();
            var size = int.Parse(Encoding.ASCII.GetString(_buffer, 0, end), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            Consume(end + 2);
            await Skip(size + 2);
            if (size == 0) return total;
            total += size;
        }
    }

    private async ValueTask Skip(long length)
    {
        while (length > 0)
        {
            if (_filled == 0) await Fill();
            var part = (int)Math.Min(length, _filled);
            Consume(part);
            length -= part;
        }
    }

    private async ValueTask Fill()
    {
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        if (read == 0) throw new IOException("The server closed the connection.");
        _filled += read;
    }

    private void Consume(int count)
    {
        _filled -= count;
        _buffer.AsSpan(count, _filled).CopyTo(_buffer);
    }
}
