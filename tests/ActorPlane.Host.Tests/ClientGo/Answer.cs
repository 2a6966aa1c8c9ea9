using System.Net.Http.Headers;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Host.Tests.ClientGo;

/// <summary>What came back.</summary>
internal sealed record Answer(int Code, string MediaType, byte[] Body, HttpResponseHeaders Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The object, in whatever form.</summary>
    public JsonValue Tree
    {
        get
        {
            if (MediaType != ProtobufCodec.MediaType) return JsonValue.Parse(Body);
            var message = ProtobufCodec.Open(Body, out var apiVersion, out var kind);
            return JsonCodec.ToTree((IKubeObject)ProtobufCodec.Decode(KubeTypes.Schema(GroupVersionKind.From(apiVersion, kind))!, message));
        }
    }

    /// <summary>The object, which must have come in protobuf.</summary>
    public T Decoded<T>()
        where T : class, IApiType<T>
    {
        Assert.True(MediaType == ProtobufCodec.MediaType, $"{Code} {MediaType} {Text}");
        return ProtobufCodec.Decode<T>(Body);
    }

    /// <summary>The Status, in whatever form.</summary>
    public Status Status => MediaType == ProtobufCodec.MediaType ? ProtobufCodec.Decode<Status>(Body) : JsonCodec.Decode<Status>(Body);

    /// <summary>The items of a list in protobuf, each as its own message.</summary>
    public IReadOnlyList<byte[]> Items()
    {
        Assert.Equal(ProtobufCodec.MediaType, MediaType);
        return [.. ProtoFields.Of(ProtobufCodec.Open(Body, out _, out _).ToArray()).Where(field => field.Number == 2).Select(field => field.Bytes)];
    }

    public Answer Is(int code)
    {
        Assert.True(Code == code, $"{code} was expected, not {Code}: {(MediaType == ProtobufCodec.MediaType && Code >= 400 ? Status.Message : Text)}");
        return this;
    }

    public void IsRefused(int code, string reason, string message)
    {
        Is(code);
        Assert.Equal((code, reason, message), (Status.Code, Status.Reason, Status.Message));
    }
}
