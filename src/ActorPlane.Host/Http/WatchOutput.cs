using System.Globalization;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Host.Http;

/// <summary>The events of one watch in the form that its client wants: a line of JSON each, or a frame of protobuf.</summary>
internal sealed class WatchOutput(ApiRequest request, HttpGatewayClient client)
{
    /// <summary>Marks the bookmark behind the objects that a watch begins with.</summary>
    private const string InitialEnd = "k8s.io/initial-events-end";

    private static readonly byte[] End = "}\n"u8.ToArray();

    private readonly Stream _body = request.Http.Response.Body;
    private bool _columnsSent;

    /// <summary>ADDED, MODIFIED or DELETED.</summary>
    public Task Change(string type, IKubeObject stored, CancellationToken stop)
    {
        var item = Conversion.To(request.Path.Info, stored);
        if (request.Form != AcceptedForm.Table) return Event(type, Answers.Encoded(request, item), stop);
        var table = Answers.TableOf(request, item, client.Now, !_columnsSent);
        _columnsSent = true;
        return Event(type, table, stop);
    }

    /// <summary>BOOKMARK: an object of the kind with a resource version and nothing else.</summary>
    public Task Bookmark(long revision, bool isInitialEnd, CancellationToken stop)
    {
        var metadata = new ObjectMeta { ResourceVersion = revision.ToString(CultureInfo.InvariantCulture) };
        if (isInitialEnd) metadata = metadata with { Annotations = ValueMap<string>.Empty.With(InitialEnd, "true") };
        if (request.Form == AcceptedForm.Table) return Event("BOOKMARK", Answers.EmptyTable(request, revision), stop);
        return Event("BOOKMARK", Answers.Encoded(request, ((IKubeObject)request.Path.Info.Schema.EmptyObject).WithMetadata(metadata)), stop);
    }

    /// <summary>ERROR: why the watch ends.</summary>
    public Task Error(Status status, CancellationToken stop) =>
        Event("ERROR", request.IsProtobuf ? ProtobufCodec.Encode("v1", "Status", status) : JsonCodec.Encode(status), stop);

    private async Task Event(string type, byte[] item, CancellationToken stop)
    {
        if (request.IsProtobuf)
        {
            await _body.WriteAsync(ProtobufCodec.WatchFrame(type, item), stop);
            return;
        }

        await _body.WriteAsync(Encoding.ASCII.GetBytes($"{{\"type\":\"{type}\",\"object\":"), stop);
        await _body.WriteAsync(item, stop);
        await _body.WriteAsync(End, stop);
    }
}
