using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Tables;
using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.Http;

/// <summary>Writes answers: objects, lists, Tables and Status, as JSON or protobuf.</summary>
internal static class Answers
{
    /// <summary>Longer answers are compressed for clients that take it (<c>endpoints/handlers/responsewriters</c>, defaultGzipThresholdBytes).</summary>
    private const int CompressedFromBytes = 128 * 1024;

    /// <summary>Longer lists are written piece by piece; so many bytes wait for the connection at most.</summary>
    private const int PieceBytes = CompressedFromBytes;

    private const string JsonType = "application/json";

    /// <summary>What the writers of answers escape.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A Status, with its code.</summary>
    public static Task Status(HttpContext http, Status status, int? code = null)
    {
        if (status.Details?.RetryAfterSeconds is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var answerCode = code ?? status.Code ?? 200;
        return AcceptHeader.WantsProtobufStatus(http.Request.Headers.Accept.ToString())
            ? Bytes(http, answerCode, ProtobufCodec.MediaType, ProtobufCodec.Encode("v1", "Status", status))
            : Bytes(http, answerCode, JsonType, JsonCodec.Encode(status));
    }

    /// <summary>A tree as JSON.</summary>
    public static Task Tree(HttpContext http, JsonValue tree, int code = 200, string contentType = JsonType) => Bytes(http, code, contentType, tree.ToUtf8());

    public static Task Text(HttpContext http, string text, int code = 200) => Bytes(http, code, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>404 for a path that leads nowhere: not a Status, as the real server.</summary>
    public static Task PlainNotFound(HttpContext http)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Text(http, "404 page not found\n", 404);
    }

    /// <summary>Bytes as they are, but for JSON that a person reads.</summary>
    public static async Task Bytes(HttpContext http, int code, string contentType, byte[] body)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = contentType;
        if (contentType == JsonType && PrettyJson.IsWanted(http.Request)) body = PrettyJson.Of(body);
        if (body.Length > CompressedFromBytes && MayCompress(http))
        {
            await using var output = Compressed(http);
            await output.WriteAsync(body, http.RequestAborted);
            return;
        }

        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>One object in the form that the client wants.</summary>
    public static Task Object(ApiRequest request, IKubeObject item, DateTimeOffset now, int code = 200) =>
        request.Form == AcceptedForm.Table
            ? Bytes(request.Http, code, JsonType, TableOf(request, item, now, withColumns: true))
            : Bytes(request.Http, code, request.MediaType, Encoded(request, item));

    /// <summary>One object, or its metadata alone, in the form that the client wants.</summary>
    /// <exception cref="StatusException">406: it wants the metadata of a list.</exception>
    public static byte[] Encoded(ApiRequest request, IKubeObject item) => (request.Form, request.IsProtobuf) switch
    {
        (AcceptedForm.MetadataList, _) => throw new StatusException(ApiErrors.Failure(
            406, "NotAcceptable", $"you requested PartialObjectMetadataList, but the requested object is not a list ({GoType(item)})")),
        (AcceptedForm.Metadata, true) => ProtobufCodec.EncodeMetadata(item),
        (AcceptedForm.Metadata, false) => JsonCodec.Write(item, WriteMetadata),
        (_, true) => ProtobufCodec.Encode(item),
        _ => JsonCodec.Encode(item),
    };

    /// <summary>A one-row Table.</summary>
    public static byte[] TableOf(ApiRequest request, IKubeObject item, DateTimeOffset now, bool withColumns) =>
        JsonCodec.Write((Request: request, Item: item, Now: now, Columns: withColumns), static (state, writer) =>
        {
            var schema = SchemaOf(state.Request);
            BeginTable(writer, schema, new ListMeta { ResourceVersion = state.Item.Metadata.ResourceVersion }, state.Columns);
            WriteRow(writer, schema, state.Item, state.Now, state.Request.Query("includeObject"));
            EndTable(writer);
        });

    /// <summary>A Table without rows: a bookmark of a watch of Tables.</summary>
    public static byte[] EmptyTable(ApiRequest request, long revision) => JsonCodec.Write((request, revision), static (state, writer) =>
    {
        BeginTable(writer, SchemaOf(state.request), new ListMeta { ResourceVersion = state.revision.ToString(CultureInfo.InvariantCulture) }, false);
        EndTable(writer);
    });

    /// <summary>An object's metadata alone.</summary>
    public static void WriteMetadata(IKubeObject item, Utf8JsonWriter writer) => WritePartial(writer, item);

    /// <summary>A list in the form that the client wants, piece by piece.</summary>
    /// <exception cref="StatusException">406: it wants the metadata of one object.</exception>
    public static async Task List(ApiRequest request, IReadOnlyList<IKubeObject> items, ListMeta metadata, DateTimeOffset now)
    {
        var http = request.Http;
        if (request.Form == AcceptedForm.Metadata)
        {
            throw new StatusException(ApiErrors.Failure(
                406, "NotAcceptable", $"you requested PartialObjectMetadata, but the requested object is a list (*{PackageOf(request.Path.Info.Gvk)}.{request.Path.Info.Gvk.Kind}List)"));
        }

        if (request.IsProtobuf)
        {
            await ProtobufList(request, items, metadata);
            return;
        }

        var buffer = new System.Buffers.ArrayBufferWriter<byte>(PieceBytes);
        await using var writer = new Utf8JsonWriter(buffer, PrettyJson.IsWanted(http.Request) ? PrettyJson.Options : WriterOptions);
        var schema = request.Form == AcceptedForm.Table ? SchemaOf(request) : null;
        if (schema is not null) BeginTable(writer, schema, metadata, true);
        else BeginList(writer, request, metadata);
        var include = request.Query("includeObject");
        Stream? output = null;
        foreach (var item in items)
        {
            if (schema is not null) WriteRow(writer, schema, item, now, include);
            else if (request.Form == AcceptedForm.MetadataList) WritePartial(writer, item);
            else JsonCodec.WriteTo(writer, item, withHeader: false);
            if (writer.BytesPending + buffer.WrittenCount < PieceBytes) continue;
            writer.Flush();
            output ??= Begin(http);
            await output.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
            buffer.ResetWrittenCount();
        }

        EndTable(writer);
        writer.Flush();
        if (output is null)
        {
            http.Response.StatusCode = 200;
            http.Response.ContentType = JsonType;
            http.Response.ContentLength = buffer.WrittenCount;
            await http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
            return;
        }

        await output.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
        if (output != http.Response.Body) await output.DisposeAsync();

        static Stream Begin(HttpContext http)
        {
            http.Response.StatusCode = 200;
            http.Response.ContentType = JsonType;
            return MayCompress(http) ? Compressed(http) : http.Response.Body;
        }
    }

    private static TableSchema SchemaOf(ApiRequest request) => request.Path.Subresource == "scale" ? TableSchemas.Scale : TableSchemas.Of(request.Path.Info);

    private static async Task ProtobufList(ApiRequest request, IReadOnlyList<IKubeObject> items, ListMeta metadata)
    {
        var http = request.Http;
        var isPartial = request.Form == AcceptedForm.MetadataList;
        var list = isPartial
            ? new ProtobufList("meta.k8s.io/v1", "PartialObjectMetadataList")
            : new ProtobufList(request.Path.Info.Gvk.ApiVersion, request.Path.Info.ListKind);
        list.Add(metadata);
        foreach (var item in items)
        {
            if (isPartial) list.AddMetadata(item);
            else list.Add(item);
        }

        var pieces = list.ToPieces();
        var length = pieces.Sum(static piece => (long)piece.Length);
        http.Response.StatusCode = 200;
        http.Response.ContentType = ProtobufCodec.MediaType;
        var isCompressed = length > CompressedFromBytes && MayCompress(http);
        if (!isCompressed) http.Response.ContentLength = length;
        var output = isCompressed ? Compressed(http) : http.Response.Body;
        foreach (var piece in pieces) await output.WriteAsync(piece, http.RequestAborted);
        if (isCompressed) await output.DisposeAsync();
    }

    private static bool MayCompress(HttpContext http) => http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);

    private static GZipStream Compressed(HttpContext http)
    {
        http.Response.Headers.ContentEncoding = "gzip";
        http.Response.Headers.Append("Vary", "Accept-Encoding");
        return new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
    }

    private static string GoType(IKubeObject item) => $"*{PackageOf(GroupVersionKind.From(item.ApiVersion, item.Kind))}.{item.Kind}";

    private static string PackageOf(GroupVersionKind kind) => kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0];

    private static void BeginList(Utf8JsonWriter writer, ApiRequest request, ListMeta metadata)
    {
        writer.WriteStartObject();
        var partial = request.Form == AcceptedForm.MetadataList;
        writer.WriteString("kind", partial ? "PartialObjectMetadataList" : request.Path.Info.ListKind);
        writer.WriteString("apiVersion", partial ? "meta.k8s.io/v1" : request.Path.Info.Gvk.ApiVersion);
        writer.WritePropertyName("metadata");
        JsonCodec.WriteTo(writer, metadata);
        writer.WriteStartArray("items");
    }

    private static void BeginTable(Utf8JsonWriter writer, TableSchema schema, ListMeta metadata, bool withColumns)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", "Table");
        writer.WriteString("apiVersion", "meta.k8s.io/v1");
        writer.WritePropertyName("metadata");
        JsonCodec.WriteTo(writer, metadata);
        if (withColumns)
        {
            writer.WriteStartArray("columnDefinitions");
            foreach (var column in schema.Columns)
            {
                writer.WriteStartObject();
                writer.WriteString("name", column.Name);
                writer.WriteString("type", column.Type);
                writer.WriteString("format", column.Format);
                writer.WriteString("description", column.Description);
                writer.WriteNumber("priority", column.Priority);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteNull("columnDefinitions");
        }

        writer.WriteStartArray("rows");
    }

    private static void WriteRow(Utf8JsonWriter writer, TableSchema schema, IKubeObject item, DateTimeOffset now, string include)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("cells");
        foreach (var cell in schema.Cells(item, now)) cell.WriteTo(writer);
        writer.WriteEndArray();
        if (schema.Conditions(item) is { } conditions)
        {
            writer.WritePropertyName("conditions");
            conditions.WriteTo(writer);
        }

        if (include != "None")
        {
            writer.WritePropertyName("object");
            if (include == "Object") JsonCodec.WriteTo(writer, item);
            else WritePartial(writer, item);
        }

        writer.WriteEndObject();
    }

    private static void EndTable(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WritePartial(Utf8JsonWriter writer, IKubeObject item)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", "PartialObjectMetadata");
        writer.WriteString("apiVersion", "meta.k8s.io/v1");
        writer.WritePropertyName("metadata");
        JsonCodec.WriteTo(writer, item.Metadata);
        writer.WriteEndObject();
    }
}
