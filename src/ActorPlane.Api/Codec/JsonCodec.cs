using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>
/// Built-in objects to JSON and back. Fields are written in the order of the real server's structs, with what Go leaves out left out.
/// </summary>
public static class JsonCodec
{
    // Only what JSON itself demands is escaped. (Go escapes <, > and & too; for a reader that is the same text.)
    internal static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = Encoder, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>An object of any built-in kind as JSON in UTF-8.</summary>
    public static byte[] Encode(IKubeObject value) => Write(value, static (v, w) => v.Schema.WriteJson(w, v));

    /// <summary>Any generated type as JSON in UTF-8.</summary>
    public static byte[] Encode<T>(T value)
        where T : class, IApiType<T> => Write(value, static (v, w) => T.Descriptor.WriteJson(w, v));

    /// <summary>Writes an object into a larger document.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The object.</param>
    /// <param name="withHeader">Whether kind and apiVersion are written: in a list's items the real server leaves them out.</param>
    public static void WriteTo(Utf8JsonWriter writer, IKubeObject value, bool withHeader = true) =>
        value.Schema.WriteJson(writer, value, withHeader);

    /// <summary>Writes any generated type into a larger document.</summary>
    public static void WriteTo<T>(Utf8JsonWriter writer, T value)
        where T : class, IApiType<T> => T.Descriptor.WriteJson(writer, value);

    /// <summary>Reads a generated type. Unknown fields are dropped. Throws <see cref="DecodeException"/>.</summary>
    public static T Decode<T>(ReadOnlySpan<byte> utf8)
        where T : class, IApiType<T> => (T)Decode(T.Descriptor, utf8, strict: false, out _);

    /// <summary>Reads a generated type out of a tree. Unknown fields are dropped. Throws <see cref="DecodeException"/>.</summary>
    public static T Decode<T>(JsonValue tree)
        where T : class, IApiType<T> => (T)Decode(T.Descriptor, tree, strict: false, out _);

    /// <summary>
    /// Reads an object of a built-in type. Throws <see cref="DecodeException"/> for broken JSON and values of a wrong type.
    /// </summary>
    /// <param name="schema">The type.</param>
    /// <param name="utf8">The JSON.</param>
    /// <param name="strict">Whether unknown and doubled fields are gathered.</param>
    /// <param name="strictErrors">What was gathered, in the real server's words, without the part "strict decoding error: ".</param>
    public static object Decode(ObjectSchema schema, ReadOnlySpan<byte> utf8, bool strict, out IReadOnlyList<string> strictErrors)
    {
        var context = new DecodeContext(strict, schema.Type.Name);
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonValue.MaxDepth });
            reader.Read();
            var value = reader.TokenType == JsonTokenType.Null ? schema.EmptyObject : schema.ReadJson(ref reader, context);
            reader.Read();
            strictErrors = context.StrictErrors;
            return value;
        }
        catch (DecodeException error) when (error.Field.Length == 0)
        {
            error.Field = context.Path();
            throw;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw DecodeException.Syntax(error, utf8);
        }
    }

    /// <summary>Reads an object of a built-in type out of a tree, with the same errors as from JSON.</summary>
    public static object Decode(ObjectSchema schema, JsonValue tree, bool strict, out IReadOnlyList<string> strictErrors) =>
        Decode(schema, tree.ToUtf8(), strict, out strictErrors);

    /// <summary>An object as a tree.</summary>
    public static JsonValue ToTree(IKubeObject value) => value is CustomObject custom ? custom.ToTree() : Write(value, static (v, w) => v.Schema.WriteJson(w, v), JsonValue.Parse);

    /// <summary>A generated type as a tree.</summary>
    public static JsonValue ToTree<T>(T value)
        where T : class, IApiType<T> => Write(value, static (v, w) => T.Descriptor.WriteJson(w, v), JsonValue.Parse);

    /// <summary>Runs a writer over a buffer of this thread and returns what was written.</summary>
    public static byte[] Write<TState>(TState state, Action<TState, Utf8JsonWriter> write) => Write(state, write, static utf8 => utf8.ToArray());

    // What is made of the text must not hold on to it: the buffer is used again.
    private static TResult Write<TState, TResult>(TState state, Action<TState, Utf8JsonWriter> write, Func<ReadOnlySpan<byte>, TResult> read)
    {
        var buffer = _buffer ?? new ArrayBufferWriter<byte>(4096);
        var writer = _writer ?? new Utf8JsonWriter(buffer, WriterOptions);

        // Taken out while in use: a writer that writes a nested document gets a buffer of its own.
        (_buffer, _writer) = (null, null);
        writer.Reset(buffer);
        write(state, writer);
        writer.Flush();
        var result = read(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        if (buffer.Capacity <= 1 << 20) (_buffer, _writer) = (buffer, writer);
        return result;
    }
}
