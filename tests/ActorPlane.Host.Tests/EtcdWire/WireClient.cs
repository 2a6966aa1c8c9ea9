using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace ActorPlane.Host.Tests.EtcdWire;

/// <summary>A client of gRPC over HTTP/2 without TLS, written for tests and benchmarks apart from the server's code.</summary>
public sealed class WireClient(IPEndPoint endPoint) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { EnableMultipleHttp2Connections = true })
    {
        BaseAddress = new Uri($"http://{endPoint}"),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>A unary call.</summary>
    /// <exception cref="WireException">The status is not OK.</exception>
    public async Task<T> CallAsync<T>(string method, IMessage request, MessageParser<T> parser)
        where T : IMessage<T>
    {
        var (status, message, body) = await SendAsync(method, Frame(request));
        if (status != 0) throw new WireException(status, message);
        return parser.ParseFrom(body, 5, body.Length - 5);
    }

    /// <summary>Sends these bytes as the body of a call; tells the status, its message and the body of the answer.</summary>
    public async Task<(int Status, string Message, byte[] Body)> SendAsync(string method, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/etcdserverpb.{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        var status = int.Parse(response.TrailingHeaders.GetValues("grpc-status").Single());
        var message = response.TrailingHeaders.TryGetValues("grpc-message", out var messages) ? messages.Single() : "";
        return (status, Uri.UnescapeDataString(message), answer);
    }

    /// <summary>A stream of answers to one request; the stream of requests stays open until the enumeration ends.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string method, IMessage request, MessageParser<T> parser, [EnumeratorCancellation] CancellationToken stop = default)
        where T : IMessage<T>
    {
        using var content = new OpenContent(Frame(request));
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/etcdserverpb.{method}")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content,
        };
        content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
        message.Headers.TryAddWithoutValidation("te", "trailers");
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop);
        await using var stream = await response.Content.ReadAsStreamAsync(stop);
        var prefix = new byte[5];
        while (await stream.ReadAtLeastAsync(prefix, 5, throwOnEndOfStream: false, stop) == 5)
        {
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
            await stream.ReadExactlyAsync(body, stop);
            yield return parser.ParseFrom(body);
        }
    }

    public static byte[] Frame(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[5 + length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        message.WriteTo(frame.AsSpan(5));
        return frame;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A body that begins with these bytes and does not end until it is disposed.</summary>
    private sealed class OpenContent(byte[] beginning) : HttpContent
    {
        private readonly TaskCompletionSource _end = new();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(beginning);
            await stream.FlushAsync();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            _end.TrySetResult();
            base.Dispose(disposing);
        }
    }
}

/// <summary>A call ended with a status other than OK.</summary>
public sealed class WireException(int status, string message) : Exception($"{status}: {message}")
{
    public int Status { get; } = status;
}
