using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActorPlane.Host.Tests.Http;

/// <summary>An HTTP/1.1 connection that sends exactly the bytes it is given, proper or not.</summary>
internal sealed class RawHttp : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _at;
    private int _end;
    private int _chunk;

    private RawHttp(Socket socket) => _socket = socket;

    /// <summary>Connects.</summary>
    /// <param name="receiveBuffer">The bytes that the kernel takes in for a client that does not read; 0 for the usual.</param>
    public static async Task<RawHttp> ConnectAsync(Uri server, int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0) socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(server.Host, server.Port);
        return new RawHttp(socket);
    }

    /// <summary>Sends bytes as they are. False when the server has closed the connection meanwhile.</summary>
    public async Task<bool> Send(ReadOnlyMemory<byte> bytes)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (bytes.Length > 0) bytes = bytes[await _socket.SendAsync(bytes, limit.Token)..];
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Sends text, as UTF-8.</summary>
    public Task<bool> Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    /// <summary>Closes the connection as a process that dies does: with a reset.</summary>
    public void Abort()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>The next answer, with its body unless only its head is wanted; null when the connection was closed instead.</summary>
    /// <exception cref="OperationCanceledException">None came within a minute.</exception>
    public async Task<RawAnswer?> Receive(bool headOnly = false)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var head = await ReadHead(limit.Token);
            if (head is null) return null;
            if (headOnly || head.Code is >= 100 and < 200 or 204 or 304) return head;
            return head with { Body = await ReadBody(head, limit.Token) };
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Whether a body that was read line by line came to its proper end.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The next line of a body in chunks, whose head was read before; null at its end, or when the connection was closed.</summary>
    public async Task<string?> ReceiveLine()
    {
        using var limit = new CancellationTokenSource(Patience);
        var line = new MemoryStream();
        try
        {
            while (true)
            {
                if (_chunk == 0)
                {
                    if (await ReadLine(limit.Token) is not { Length: > 0 } size) return null;
                    _chunk = int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                    if (_chunk == 0)
                    {
                        IsAtEnd = true;
                        return null;
                    }
                }

                if (_at == _end && !await Fill(limit.Token)) return null;
                var one = _buffer[_at++];
                if (--_chunk == 0) await ReadLine(limit.Token);
                if (one == '\n') return Encoding.UTF8.GetString(line.ToArray());
                line.WriteByte(one);
            }
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    private async Task<RawAnswer?> ReadHead(CancellationToken stop)
    {
        if (await ReadLine(stop) is not { Length: > 0 } first) return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLine(stop) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new RawAnswer(int.Parse(first.Split(' ')[1], CultureInfo.InvariantCulture), headers, []);
    }

    private async Task<byte[]> ReadBody(RawAnswer head, CancellationToken stop)
    {
        if (head.Headers.TryGetValue("Content-Length", out var length)) return await ReadExactly(int.Parse(length, CultureInfo.InvariantCulture), stop);
        using var body = new MemoryStream();
        if (head.Headers.GetValueOrDefault("Transfer-Encoding") == "chunked")
        {
            while (await ReadLine(stop) is { Length: > 0 } size)
            {
                var count = int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                body.Write(await ReadExactly(count, stop));
                await ReadLine(stop);
                if (count == 0) return body.ToArray();
            }

            throw new EndOfStreamException("The answer was cut off.");
        }

        while (await Fill(stop))
        {
            body.Write(_buffer, _at, _end - _at);
            _at = _end;
        }

        return body.ToArray();
    }

    private async Task<byte[]> ReadExactly(int count, CancellationToken stop)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            if (_at == _end && !await Fill(stop)) throw new EndOfStreamException("The answer was cut off.");
            var some = Math.Min(count - filled, _end - _at);
            Array.Copy(_buffer, _at, bytes, filled, some);
            _at += some;
            filled += some;
        }

        return bytes;
    }

    private async Task<string?> ReadLine(CancellationToken stop)
    {
        var line = new MemoryStream();
        while (true)
        {
            if (_at == _end && !await Fill(stop)) return line.Length == 0 ? null : Encoding.UTF8.GetString(line.ToArray());
            var one = _buffer[_at++];
            if (one == '\n') return Encoding.UTF8.GetString(line.ToArray()).TrimEnd('\r');
            line.WriteByte(one);
        }
    }

    private async Task<bool> Fill(CancellationToken stop)
    {
        _at = 0;
        _end = await _socket.ReceiveAsync(_buffer, stop);
        return _end > 0;
    }
}
