using ActorPlane.Etcd;
using ActorPlane.Host.EtcdWire.Protos;
using ActorPlane.Tracing;

namespace ActorPlane.Host.EtcdWire;

/// <summary>etcd's KV service.</summary>
internal sealed class EtcdKvService(EtcdWireClient client, bool unsafeWrites)
{
    public async Task Range(GrpcCall call)
    {
        var request = await call.ReadOneAsync(RangeRequest.Parser);
        var reply = await Execute(EtcdWireMapper.Op(request));
        await call.WriteAsync(EtcdWireMapper.Response((EtcdResult.Range)reply.Result, reply.Revision));
    }

    public async Task Put(GrpcCall call)
    {
        var request = await call.ReadOneAsync(PutRequest.Parser);
        var reply = await Execute(EtcdWireMapper.Op(request));
        await call.WriteAsync(EtcdWireMapper.Response((EtcdResult.Put)reply.Result, reply.Revision));
    }

    public async Task DeleteRange(GrpcCall call)
    {
        var request = await call.ReadOneAsync(DeleteRangeRequest.Parser);
        var reply = await Execute(EtcdWireMapper.Op(request));
        await call.WriteAsync(EtcdWireMapper.Response((EtcdResult.DeleteRange)reply.Result, reply.Revision));
    }

    public async Task Txn(GrpcCall call)
    {
        var request = await call.ReadOneAsync(TxnRequest.Parser);
        var reply = await Execute(EtcdWireMapper.Op(request));
        await call.WriteAsync(EtcdWireMapper.Response((EtcdResult.Txn)reply.Result, reply.Revision));
    }

    public async Task Compact(GrpcCall call)
    {
        var request = await call.ReadOneAsync(CompactionRequest.Parser);
        var reply = await client.SendAsync<EtcdProtocol.Compacted>(id => new EtcdProtocol.Compact(id, Cause.None, request.Revision));
        await call.WriteAsync(new CompactionResponse { Header = EtcdWireMapper.Header(reply.Revision) });
    }

    private Task<EtcdProtocol.Executed> Execute(EtcdOp op)
    {
        if (!unsafeWrites && EtcdWriteGuard.Touches(op)) throw EtcdWriteGuard.Refusal;
        return client.SendAsync<EtcdProtocol.Executed>(id => new EtcdProtocol.Execute(id, Cause.None, op));
    }
}
