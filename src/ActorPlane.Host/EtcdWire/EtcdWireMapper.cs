using ActorPlane.Etcd;
using ActorPlane.Host.EtcdWire.Protos;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace ActorPlane.Host.EtcdWire;

/// <summary>Between etcd's protobuf messages and the store's operations and results.</summary>
public static class EtcdWireMapper
{
    /// <summary>The cluster and its one member, which stands for the store; any number that never changes will do.</summary>
    public const ulong ClusterId = 0xac70_0000_0000_0001;

    public const ulong MemberId = 0xac70_0000_0000_0002;

    public static ResponseHeader Header(long revision) =>
        new() { ClusterId = ClusterId, MemberId = MemberId, Revision = revision, RaftTerm = 1 };

    public static EtcdKeyRange Keys(ByteString key, ByteString end) => new(Key(key), Key(end));

    public static EtcdKey Key(ByteString key) => EtcdKey.Of(key.Span);

    public static EtcdOp.Range Op(RangeRequest request) => new(
        Keys(request.Key, request.RangeEnd), request.Revision, request.Limit, (EtcdSortTarget)request.SortTarget,
        (EtcdSortOrder)request.SortOrder, request.KeysOnly, request.CountOnly, request.MinModRevision, request.MaxModRevision,
        request.MinCreateRevision, request.MaxCreateRevision);

    public static EtcdOp.Put Op(PutRequest request) => new(
        Key(request.Key), EtcdValue.Of(request.Value.Span), request.Lease, request.PrevKv, request.IgnoreValue, request.IgnoreLease);

    public static EtcdOp.DeleteRange Op(DeleteRangeRequest request) => new(Keys(request.Key, request.RangeEnd), request.PrevKv);

    /// <exception cref="GrpcStatusException">A condition or operation says nothing.</exception>
    public static EtcdOp.Txn Op(TxnRequest request) =>
        new([.. request.Compare.Select(Compare)], [.. request.Success.Select(Op)], [.. request.Failure.Select(Op)]);

    public static RangeResponse Response(EtcdResult.Range result, long revision)
    {
        var response = new RangeResponse { Header = Header(revision), More = result.More, Count = result.Count };
        Add(response.Kvs, result.KeyValues);
        return response;
    }

    public static PutResponse Response(EtcdResult.Put result, long revision) =>
        new() { Header = Header(revision), PrevKv = KeyValue(result.Previous) };

    public static DeleteRangeResponse Response(EtcdResult.DeleteRange result, long revision)
    {
        var response = new DeleteRangeResponse { Header = Header(revision), Deleted = result.Deleted };
        Add(response.PrevKvs, result.Previous);
        return response;
    }

    public static TxnResponse Response(EtcdResult.Txn result, long revision)
    {
        var response = new TxnResponse { Header = Header(revision), Succeeded = result.Succeeded };
        foreach (var inner in result.Results)
        {
            response.Responses.Add(inner switch
            {
                EtcdResult.Range range => new ResponseOp { ResponseRange = Response(range, revision) },
                EtcdResult.Put put => new ResponseOp { ResponsePut = Response(put, revision) },
                EtcdResult.DeleteRange delete => new ResponseOp { ResponseDeleteRange = Response(delete, revision) },
                EtcdResult.Txn txn => new ResponseOp { ResponseTxn = Response(txn, revision) },
                _ => throw new ArgumentOutOfRangeException(nameof(result), inner, "unknown result"),
            });
        }
        return response;
    }

    public static Event Event(EtcdWatchEvent change) => new()
    {
        Type = change.IsDelete ? Protos.Event.Types.EventType.Delete : Protos.Event.Types.EventType.Put,
        Kv = KeyValue(change.KeyValue),
        PrevKv = KeyValue(change.Previous),
    };

    public static KeyValue? KeyValue(EtcdKeyValue? keyValue) => keyValue is null ? null : new KeyValue
    {
        // Keys and values are immutable, so the message may refer to them instead of copying.
        Key = UnsafeByteOperations.UnsafeWrap(keyValue.Key.Memory),
        Value = UnsafeByteOperations.UnsafeWrap(keyValue.Value.ToBytes()),
        CreateRevision = keyValue.CreateRevision,
        ModRevision = keyValue.ModRevision,
        Version = keyValue.Version,
        Lease = keyValue.LeaseId,
    };

    private static void Add(RepeatedField<KeyValue> into, IReadOnlyList<EtcdKeyValue> keyValues)
    {
        into.Capacity = keyValues.Count;
        foreach (var keyValue in keyValues) into.Add(KeyValue(keyValue)!);
    }

    private static EtcdOp Op(RequestOp request) => request.RequestCase switch
    {
        RequestOp.RequestOneofCase.RequestRange => Op(request.RequestRange),
        RequestOp.RequestOneofCase.RequestPut => Op(request.RequestPut),
        RequestOp.RequestOneofCase.RequestDeleteRange => Op(request.RequestDeleteRange),
        RequestOp.RequestOneofCase.RequestTxn => Op(request.RequestTxn),
        // etcd takes an operation without content for an empty key, too.
        _ => throw new GrpcStatusException(GrpcStatusException.InvalidArgument, EtcdError.EmptyKey.Message),
    };

    private static EtcdCompare Compare(Compare compare)
    {
        var number = compare.TargetUnionCase switch
        {
            Protos.Compare.TargetUnionOneofCase.Version => compare.Version,
            Protos.Compare.TargetUnionOneofCase.CreateRevision => compare.CreateRevision,
            Protos.Compare.TargetUnionOneofCase.ModRevision => compare.ModRevision,
            Protos.Compare.TargetUnionOneofCase.Lease => compare.Lease,
            _ => 0,
        };
        var value = compare.TargetUnionCase == Protos.Compare.TargetUnionOneofCase.Value ? EtcdValue.Of(compare.Value.Span) : EtcdValue.Empty;
        return new EtcdCompare(
            Keys(compare.Key, compare.RangeEnd), (EtcdCompareTarget)compare.Target, (EtcdCompareResult)compare.Result, number, value);
    }
}
