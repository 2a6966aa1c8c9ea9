using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;

namespace ActorPlane.Host.Tests.Otel;

/// <summary>A collector of OpenTelemetry spans: OTLP over HTTP in protobuf (<c>opentelemetry/proto/collector/trace/v1</c>).</summary>
internal sealed class OtlpCollector : IDisposable
{
    private readonly HttpListener _listener;
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();

    public OtlpCollector()
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = Random.Shared.Next(20_000, 60_000);
            _listener = new HttpListener();
            _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                _listener.Start();
                Url = $"http://127.0.0.1:{port}";
                break;
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // The port is taken.
            }
        }

        _ = Serve();
    }

    public string Url { get; } = "";

    /// <summary>All that has come so far.</summary>
    public IReadOnlyCollection<OtlpSpan> Spans => _spans;

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var isRight = context.Request.Url!.AbsolutePath == "/v1/traces" && context.Request.ContentType == "application/x-protobuf";
            if (isRight) Request(body.ToArray());
            context.Response.StatusCode = isRight ? 200 : 404;
            context.Response.Close();
        }
    }

    // ExportTraceServiceRequest: resource_spans = 1.
    private void Request(byte[] bytes) => Each(bytes, (number, value) =>
    {
        if (number != 1) return;
        var service = "";
        Each(value, (part, inner) =>
        {
            // ResourceSpans: resource = 1 (attributes = 1), scope_spans = 2 (spans = 2).
            if (part == 1) Each(inner, (_, attribute) => service = Attribute(attribute) is ("service.name", var name) ? name : service);
            if (part == 2) Each(inner, (field, span) => { if (field == 2) _spans.Enqueue(OtlpSpan.Parse(span, service)); });
        });
    });

    internal static void Each(byte[] message, Action<int, byte[]> field)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited) field(WireFormat.GetTagFieldNumber(tag), input.ReadBytes().ToByteArray());
            else input.SkipLastField();
        }
    }

    /// <summary>KeyValue: key = 1, value = 2 (string_value = 1, int_value = 3).</summary>
    internal static (string Key, string Value) Attribute(byte[] message)
    {
        var (key, text) = ("", "");
        Each(message, (number, value) =>
        {
            if (number == 1) key = System.Text.Encoding.UTF8.GetString(value);
            if (number != 2) return;
            var input = new CodedInputStream(value);
            text = input.ReadTag() switch
            {
                10 => input.ReadString(),
                24 => input.ReadInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => "",
            };
        });
        return (key, text);
    }
}
