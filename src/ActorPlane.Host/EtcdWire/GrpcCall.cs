using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.EtcdWire;

/// <summary>
/// One gRPC call over HTTP/2: each message is a byte that says whether it is compressed, its length in four bytes, most
/// significant first, and its bytes; the status follows in the trailers. Compression is not offered, so no client
/// uses it. Source: gRPC's PROTOCOL-HTTP2.md.
/// </summary>
public sealed class GrpcCall(HttpContext http, int maxMessageBytes)
{
    private const int PrefixLength = 5;

    private readonly PipeReader _requests = http.Request.BodyReader;
    private readonly PipeWriter _responses = http.Response.BodyWriter;

    /// <summary>Cancelled when the client goes away.</summary>
    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>The next message of the client, or null at the end of its stream.</summary>
    /// <exception cref="GrpcStatusException">The message is too large, compressed, cut off, or not of this type.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        while (true)
        {
            var read = await _requests.ReadAsync(Aborted);
            var buffer = read.Buffer;
            if (TryTake(ref buffer, out var message))
            {
                T parsed;
                try
                {
                    parsed = parser.ParseFrom(message);
                }
                catch (InvalidProtocolBufferException error)
                {
                    throw new GrpcStatusException(GrpcStatusException.Internal, $"grpc: failed to unmarshal the received message: {error.Message}");
                }
                _requests.AdvanceTo(buffer.Start);
                return parsed;
            }
            _requests.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCanceled) return null;
            if (!read.IsCompleted) continue;
            if (buffer.Length > 0) throw new GrpcStatusException(GrpcStatusException.Internal, "grpc: the stream ended within a message");
            return null;
        }
    }

    /// <summary>Makes a <see cref="ReadAsync"/> that waits return as if the client's stream had ended.</summary>
    public void StopReading() => _requests.CancelPendingRead();

    /// <summary>The one message of a unary call.</summary>
    public async ValueTask<T> ReadOneAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T> =>
        await ReadAsync(parser) ?? throw new GrpcStatusException(GrpcStatusException.Internal, "grpc: no message was sent");

    /// <summary>Appends a message to the stream; <see cref="FlushAsync"/> sends it.</summary>
    public void Write(IMessage message)
    {
        var length = message.CalculateSize();
        var prefix = _responses.GetSpan(PrefixLength);
        prefix[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)length);
        _responses.Advance(PrefixLength);
        message.WriteTo(_responses);
    }

    public async ValueTask FlushAsync() => await _responses.FlushAsync(Aborted);

    /// <summary>Answers a unary call.</summary>
    public async ValueTask WriteAsync(IMessage message)
    {
        Write(message);
        await FlushAsync();
    }

    /// <summary>
    /// Runs a call to its end: the handler's messages, then the status in the trailers. A client that went away is no
    /// error; anything but a <see cref="GrpcStatusException"/> is ours and is answered with Internal.
    /// </summary>
    public static async Task RunAsync(HttpContext http, int maxMessageBytes, Func<GrpcCall, Task> handler)
    {
        http.Response.ContentType = "application/grpc";
        var (code, message) = (0, "");
        try
        {
            await handler(new GrpcCall(http, maxMessageBytes));
        }
        catch (GrpcStatusException error)
        {
            (code, message) = (error.Code, error.Message);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        http.Response.AppendTrailer("grpc-status", code.ToString(CultureInfo.InvariantCulture));
        if (message.Length > 0) http.Response.AppendTrailer("grpc-message", PercentEncode(message));
        await http.Response.CompleteAsync();
    }

    /// <summary>Bytes outside of printable ASCII, and the percent sign, as % and two hexadecimal digits.</summary>
    public static string PercentEncode(string message)
    {
        var encoded = new StringBuilder(message.Length);
        foreach (var b in Encoding.UTF8.GetBytes(message))
        {
            if (b is >= 0x20 and <= 0x7e and not (byte)'%') encoded.Append((char)b);
            else encoded.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
        return encoded.ToString();
    }

    private bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < PrefixLength) return false;
        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        if (prefix[0] != 0) throw new GrpcStatusException(GrpcStatusException.Unimplemented, "grpc: compressed messages are not supported");
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (length > maxMessageBytes)
        {
            throw new GrpcStatusException(
                GrpcStatusException.ResourceExhausted, $"grpc: received message larger than max ({length} vs. {maxMessageBytes})");
        }
        if (buffer.Length - PrefixLength < length) return false;
        message = buffer.Slice(PrefixLength, length);
        buffer = buffer.Slice(PrefixLength + length);
        return true;
    }
}
