using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ActorPlane.Api;
using ActorPlane.Host.Manifests;
using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.Http;

/// <summary>The body of a request: JSON, YAML or protobuf.</summary>
public sealed class RequestBody
{
    /// <summary>As in the real server (<c>apiserver/pkg/server/config.go</c>, MaxRequestBodyBytes).</summary>
    public const int MaxBytes = 3 * 1024 * 1024;

    private static readonly string[] Forms = ["application/json", "application/yaml", ProtobufCodec.MediaType];

    private readonly byte[] _bytes;

    private RequestBody(byte[] bytes, string mediaType) => (_bytes, MediaType) = (bytes, mediaType);

    /// <summary>Content-Type without parameters.</summary>
    public string MediaType { get; }

    /// <summary>Whether nothing was sent.</summary>
    public bool IsEmpty => _bytes.Length == 0;

    /// <summary>Reads it to its end.</summary>
    /// <exception cref="StatusException">413: it is too large.</exception>
    public static async Task<RequestBody> Read(HttpRequest request)
    {
        if (request.ContentLength > MaxBytes) throw TooLarge();
        var bytes = request.ContentLength is { } length ? await Whole(request, (int)length) : await Gathered(request);
        return new RequestBody(bytes, (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant());
    }

    /// <summary>The body as a tree. What has no Content-Type is JSON.</summary>
    /// <param name="failure">What stands before the reason when it cannot be read.</param>
    /// <exception cref="StatusException">400: it is no JSON or YAML.</exception>
    public JsonValue Tree(string failure)
    {
        try
        {
            return IsYaml ? YamlTree() : JsonValue.Parse(Text());
        }
        catch (DecodeException e)
        {
            throw new StatusException(ApiErrors.BadRequest(failure + e.Message));
        }
    }

    /// <summary>The body as an object of a kind that is not stored, such as DeleteOptions.</summary>
    /// <exception cref="StatusException">400: it is none.</exception>
    public T Options<T>(T whenEmpty)
        where T : class, IApiType<T>
    {
        if (IsEmpty) return whenEmpty;
        try
        {
            return ProtobufCodec.IsEnvelope(_bytes) ? ProtobufCodec.Decode<T>(_bytes) : JsonCodec.Decode<T>(IsYaml ? YamlTree().ToUtf8() : Text());
        }
        catch (DecodeException e)
        {
            throw new StatusException(ApiErrors.BadRequest($"error decoding the body: {e.Message}"));
        }
    }

    /// <summary>The body as an object of a kind; unknown and doubled fields are treated as the request wants.</summary>
    /// <exception cref="StatusException">400: it is none. 415: it has another form.</exception>
    public IKubeObject Object(ApiRequest request, GroupVersionKind kind, ObjectSchema schema)
    {
        try
        {
            if (!schema.HasProtobuf && MediaType == ProtobufCodec.MediaType) throw new StatusException(ApiErrors.UnsupportedMediaType(Forms[..2]));
            if (MediaType == ProtobufCodec.MediaType)
            {
                var message = ProtobufCodec.Open(_bytes, out var apiVersion, out var name);
                CheckKind(kind, apiVersion, name);
                return (IKubeObject)ProtobufCodec.Decode(schema, message);
            }

            if (MediaType.Length > 0 && !Forms.Contains(MediaType, StringComparer.Ordinal)) throw new StatusException(ApiErrors.UnsupportedMediaType(Forms));
            var json = IsYaml ? YamlTree().ToUtf8() : Text();
            var header = HeaderOf(json);
            CheckKind(kind, header.ApiVersion, header.Kind);
            var item = (IKubeObject)JsonCodec.Decode(schema, json, request.Validation != FieldValidation.Ignore, out var errors);
            CheckFields(request, kind, errors);
            return item;
        }
        catch (DecodeException e)
        {
            throw new StatusException(e.IsSyntax ? ApiErrors.Unrecognized(kind, e.Message, _bytes) : ApiErrors.CannotBeHandled(kind, e.Message));
        }
    }

    /// <summary>Refuses or warns of unknown and doubled fields, as the request wants.</summary>
    public static void CheckFields(ApiRequest request, GroupVersionKind kind, IReadOnlyList<string> errors)
    {
        if (errors.Count == 0 || request.Validation == FieldValidation.Ignore) return;
        if (request.Validation == FieldValidation.Strict) throw new StatusException(ApiErrors.StrictDecoding(kind, errors));
        foreach (var error in errors) request.Warn(error);
    }

    // JSON is YAML too, but read faster, and its doubled fields are known, as what it is.
    private bool IsYaml => MediaType is "application/yaml" or "application/apply-patch+yaml" && _bytes is not [(byte)'{', ..];

    private static StatusException TooLarge() => new(ApiErrors.RequestEntityTooLarge(MaxBytes));

    private static void CheckKind(GroupVersionKind wanted, string apiVersion, string kind)
    {
        if (apiVersion.Length > 0 && apiVersion != wanted.ApiVersion)
        {
            throw new StatusException(ApiErrors.BadRequest(
                $"the API version in the data ({apiVersion}) does not match the expected API version ({wanted.ApiVersion})"));
        }

        if (kind.Length > 0 && kind != wanted.Kind)
        {
            throw new StatusException(ApiErrors.BadRequest(
                $"{kind} in version \"{wanted.Version}\" cannot be handled as a {wanted.Kind}: converting ({wanted.Version}.{kind}) to ({wanted.Version}.{wanted.Kind}): unknown conversion"));
        }
    }

    private static async Task<byte[]> Whole(HttpRequest request, int length)
    {
        if (length == 0) return [];
        var bytes = new byte[length];
        await request.Body.ReadExactlyAsync(bytes, request.HttpContext.RequestAborted);
        return bytes;
    }

    private static async Task<byte[]> Gathered(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int count;
            while ((count = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
            {
                if (buffer.Length + count > MaxBytes) throw TooLarge();
                buffer.Write(chunk, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return buffer.ToArray();
    }

    /// <summary>What the document says that it is, without reading the rest of it; empty where it does not say.</summary>
    private static (string ApiVersion, string Kind) HeaderOf(byte[] json)
    {
        var (apiVersion, kind) = ("", "");
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonValue.MaxDepth });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw new StatusException(ApiErrors.BadRequest("error decoding the body: an object is wanted"));
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isVersion, isKind) = (reader.ValueTextEquals("apiVersion"u8), reader.ValueTextEquals("kind"u8));
                reader.Read();
                var text = (isVersion || isKind) && reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
                if (isVersion) apiVersion = text;
                if (isKind) kind = text;
                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Whoever decodes it says what is wrong with it.
        }

        return (apiVersion, kind);
    }

    private byte[] Text() => Utf8.IsValid(_bytes) ? _bytes : throw new DecodeException("invalid UTF-8");

    private JsonValue YamlTree()
    {
        try
        {
            var documents = new YamlReader("body").Read(new StringReader(Encoding.UTF8.GetString(Text())));
            return documents is [var only] ? only.Content : throw new DecodeException($"one YAML document is wanted, got {documents.Count}");
        }
        catch (InputFileException e)
        {
            throw new DecodeException(e.Message);
        }
    }
}
