using System.Globalization;
using System.IO.Pipelines;
using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Host.Http;

/// <summary>
/// The events of one watch in the form that its client wants: a line of JSON each, or a frame of protobuf. They gather
/// until <see cref="Flush"/>, or until many have.
/// </summary>
internal sealed class WatchOutput(ApiRequest request, HttpGatewayClient client, SharedEvents shared)
{
    /// <summary>Marks the bookmark behind the objects that a watch begins with.</summary>
    private const string InitialEnd = "k8s.io/initial-events-end";

    /// <summary>So many bytes gather at most.</summary>
    private const int MostUnflushed = 64 * 1024;

    private readonly PipeWriter _body = request.Http.Response.BodyWriter;
    private readonly string _include = request.Form == AcceptedForm.Table ? request.Query("includeObject") : "";
    private bool _columnsSent;
    private int _unflushed;

    /// <summary>An object that the watch begins with.</summary>
    public ValueTask Initial(IKubeObject stored, CancellationToken stop) => Put(Encoded("ADDED", stored), stop);

    /// <summary>ADDED, MODIFIED or DELETED: a change that others may watch, too.</summary>
    public ValueTask Change(string type, IKubeObject stored, CancellationToken stop)
    {
        var isTable = request.Form == AcceptedForm.Table;
        if (isTable && !_columnsSent) return Put(Encoded(type, stored), stop);
        var form = new EventForm(type, request.Path.Info, request.Form, request.IsProtobuf, _include, isTable ? client.Now.ToUnixTimeSeconds() : 0);
        return Put(shared.Of(stored, form, (Output: this, type, stored), static state => state.Output.Encoded(state.type, state.stored)), stop);
    }

    /// <summary>BOOKMARK: an object of the kind with a resource version and nothing else.</summary>
    public ValueTask Bookmark(long revision, bool isInitialEnd, CancellationToken stop)
    {
        var metadata = new ObjectMeta { ResourceVersion = revision.ToString(CultureInfo.InvariantCulture) };
        if (isInitialEnd) metadata = metadata with { Annotations = ValueMap<string>.Empty.With(InitialEnd, "true") };
        var item = request.Form == AcceptedForm.Table
            ? Answers.EmptyTable(request, revision)
            : Answers.Encoded(request, ((IKubeObject)request.Path.Info.Schema.EmptyObject).WithMetadata(metadata));
        return Put(Event("BOOKMARK", item), stop);
    }

    /// <summary>ERROR: why the watch ends.</summary>
    public ValueTask Error(Status status, CancellationToken stop) =>
        Put(Event("ERROR", request.IsProtobuf ? ProtobufCodec.Encode("v1", "Status", status) : JsonCodec.Encode(status)), stop);

    /// <summary>Sends what has gathered.</summary>
    public async ValueTask Flush(CancellationToken stop)
    {
        _unflushed = 0;
        await _body.FlushAsync(stop);
    }

    private byte[] Encoded(string type, IKubeObject stored)
    {
        var item = Conversion.To(request.Path.Info, stored);
        if (request.Form != AcceptedForm.Table) return Event(type, Answers.Encoded(request, item));
        var table = Answers.TableOf(request, item, client.Now, !_columnsSent);
        _columnsSent = true;
        return Event(type, table);
    }

    private byte[] Event(string type, byte[] item)
    {
        if (request.IsProtobuf) return ProtobufCodec.WatchFrame(type, item);
        ReadOnlySpan<byte> begin = "{\"type\":\""u8, middle = "\",\"object\":"u8, end = "}\n"u8;
        var line = new byte[begin.Length + type.Length + middle.Length + item.Length + end.Length];
        var at = 0;
        Append(begin);
        at += System.Text.Encoding.ASCII.GetBytes(type, line.AsSpan(at));
        Append(middle);
        Append(item);
        Append(end);
        return line;

        void Append(ReadOnlySpan<byte> part)
        {
            part.CopyTo(line.AsSpan(at));
            at += part.Length;
        }
    }

    private ValueTask Put(byte[] bytes, CancellationToken stop)
    {
        System.Buffers.BuffersExtensions.Write(_body, bytes);
        _unflushed += bytes.Length;
        return _unflushed < MostUnflushed ? ValueTask.CompletedTask : Flush(stop);
    }
}
