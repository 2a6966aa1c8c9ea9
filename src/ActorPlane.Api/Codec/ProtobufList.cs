using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>
/// A list in protobuf: metadata is field 1 and the items are field 2 in the messages of all kinds of lists. The envelope
/// says how long the list is, so all of it is encoded, in pieces, before the first byte is sent.
/// </summary>
/// <param name="apiVersion">Group and version of the list: <c>v1</c>.</param>
/// <param name="kind">Kind of the list: <c>PodList</c>.</param>
public sealed class ProtobufList(string apiVersion, string kind)
{
    private const int PieceBytes = 64 * 1024;

    private readonly List<byte[]> _pieces = [];
    private readonly ProtoWriter _writer = new();
    private long _length;

    /// <summary>Adds the list's own metadata; before the items.</summary>
    public void Add(ListMeta metadata)
    {
        var message = _writer.Open(1);
        ListMeta.Descriptor.WriteProto(_writer, metadata);
        _writer.Close(message);
    }

    /// <summary>Adds an item.</summary>
    public void Add(IKubeObject item)
    {
        var message = _writer.Open(2);
        item.Schema.WriteProto(_writer, item);
        End(message);
    }

    /// <summary>Adds an item's metadata alone.</summary>
    public void AddMetadata(IKubeObject item)
    {
        var message = _writer.Open(2);
        ProtobufCodec.WriteMetadata(_writer, item);
        End(message);
    }

    /// <summary>The whole list, in its pieces. Nothing is added afterwards.</summary>
    public IReadOnlyList<byte[]> ToPieces()
    {
        Cut();
        return [ProtobufCodec.Head(apiVersion, kind, _length), .. _pieces, ProtobufCodec.Tail.ToArray()];
    }

    private void End(int message)
    {
        _writer.Close(message);
        if (_writer.Count >= PieceBytes) Cut();
    }

    private void Cut()
    {
        _length += _writer.Count;
        _pieces.Add(_writer.Written.ToArray());
        _writer.Cut(0);
    }
}
