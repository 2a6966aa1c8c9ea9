using System.Net.Http.Headers;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Host.Tests.ClientGo;

/// <summary>Sends what client-go sends: its Accept lines, protobuf bodies, queries.</summary>
internal sealed class ApiClient(Uri address) : IDisposable
{
    public const string Json = "application/json";
    public const string Protobuf = "application/vnd.kubernetes.protobuf,application/json";
    public const string Metadata =
        "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    public const string MetadataList =
        "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public HttpClient Http { get; } = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };

    public void Dispose() => Http.Dispose();

    public Task<Answer> Get(string path, string accept = Json) => Send(HttpMethod.Get, path, null, null, accept);

    public Task<Answer> Post(string path, IKubeObject item, string accept = Protobuf) => Send(HttpMethod.Post, path, ProtobufCodec.Encode(item), ProtobufCodec.MediaType, accept);

    public Task<Answer> Post(string path, string json, string accept = Json) => Send(HttpMethod.Post, path, Encoding.UTF8.GetBytes(json), Json, accept);

    public Task<Answer> Put(string path, IKubeObject item, string accept = Protobuf) => item.Schema.HasProtobuf
        ? Send(HttpMethod.Put, path, ProtobufCodec.Encode(item), ProtobufCodec.MediaType, accept)
        : Send(HttpMethod.Put, path, JsonCodec.Encode(item), Json, accept);

    public Task<Answer> Patch(string path, string form, string patch, string accept = Protobuf) =>
        Send(HttpMethod.Patch, path, Encoding.UTF8.GetBytes(patch), $"application/{form}", accept);

    public Task<Answer> Delete(string path, DeleteOptions? options = null, string accept = Protobuf) =>
        Send(HttpMethod.Delete, path, options is null ? null : ProtobufCodec.Encode("v1", "DeleteOptions", options), ProtobufCodec.MediaType, accept);

    public async Task<Answer> Send(HttpMethod method, string path, byte[]? body, string? contentType, string accept, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Accept", accept);
        request.Headers.Add("User-Agent", "kube-controller-manager/v1.32.0 (linux/amd64) kubernetes/70d3cc9");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (contentType is not null) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        using var answer = await Http.SendAsync(request);
        return new Answer((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString() ?? "", await answer.Content.ReadAsByteArrayAsync(), answer.Headers);
    }

    /// <summary>Opens a watch and reads the events that come first.</summary>
    public async Task<IReadOnlyList<(string Type, byte[] Object)>> Watch(string path, string accept, int events)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", accept);
        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(answer.IsSuccessStatusCode, await Text(answer));
        var isProtobuf = answer.Content.Headers.ContentType is { MediaType: ProtobufCodec.MediaType, Parameters: var parameters } && parameters.Single().ToString() == "stream=watch";
        await using var stream = await answer.Content.ReadAsStreamAsync();
        using var lines = new StreamReader(stream);
        var seen = new List<(string, byte[])>();
        while (seen.Count < events)
        {
            if (isProtobuf)
            {
                seen.Add(await Frame(stream));
                continue;
            }

            var line = JsonValue.Parse((await lines.ReadLineAsync().WaitAsync(Patience))!);
            seen.Add((line["type"]!.AsString!, line["object"]!.ToUtf8()));
        }

        return seen;
    }

    private static async Task<string> Text(HttpResponseMessage answer) => answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync();

    private static async Task<(string, byte[])> Frame(Stream stream)
    {
        var head = new byte[4];
        await stream.ReadExactlyAsync(head).AsTask().WaitAsync(Patience);
        var frame = new byte[(head[0] << 24) | (head[1] << 16) | (head[2] << 8) | head[3]];
        await stream.ReadExactlyAsync(frame).AsTask().WaitAsync(Patience);
        var fields = ProtoFields.Of(frame);
        return (Encoding.UTF8.GetString(fields.Single(f => f.Number == 1).Bytes), ProtoFields.Of(fields.Single(f => f.Number == 2).Bytes).Single().Bytes);
    }
}
