using ActorPlane.Etcd;
using ActorPlane.Host.EtcdWire.Protos;
using ActorPlane.Tracing;

namespace ActorPlane.Host.EtcdWire;

/// <summary>The part of etcd's Maintenance service that looks at the store.</summary>
internal sealed class EtcdMaintenanceService(EtcdWireClient client)
{
    /// <summary>The release of etcd whose API this is, which clients compare with their own.</summary>
    private const string EtcdVersion = "3.4.23";

    public async Task Status(GrpcCall call)
    {
        await call.ReadOneAsync(StatusRequest.Parser);
        var status = await client.SendAsync<EtcdProtocol.StoreStatusReported>(id => new EtcdProtocol.StoreStatus(id, Cause.None));
        await call.WriteAsync(new StatusResponse
        {
            Header = EtcdWireMapper.Header(status.Revision),
            Version = EtcdVersion,
            DbSize = status.DataBytes,
            DbSizeInUse = status.DataBytes,
            Leader = EtcdWireMapper.MemberId,
            RaftTerm = 1,
            // There is no log that several members agree on: its index is the revision.
            RaftIndex = (ulong)status.Revision,
            RaftAppliedIndex = (ulong)status.Revision,
        });
    }

    public async Task HashKv(GrpcCall call)
    {
        var request = await call.ReadOneAsync(HashKVRequest.Parser);
        var hash = await Hash(request.Revision);
        await call.WriteAsync(new HashKVResponse
        {
            Header = EtcdWireMapper.Header(hash.Revision), Hash = hash.Hash, CompactRevision = hash.CompactRevision,
        });
    }

    public async Task Hash(GrpcCall call)
    {
        await call.ReadOneAsync(HashRequest.Parser);
        var hash = await Hash(0);
        await call.WriteAsync(new HashResponse { Header = EtcdWireMapper.Header(hash.Revision), Hash = hash.Hash });
    }

    /// <summary>Asking for alarms is part of a health check. There are none to raise here, so there is nothing to switch either.</summary>
    public async Task Alarm(GrpcCall call)
    {
        var request = await call.ReadOneAsync(AlarmRequest.Parser);
        if (request.Action != AlarmRequest.Types.AlarmAction.Get)
            throw new GrpcStatusException(GrpcStatusException.Unimplemented, "this store raises no alarms");
        var status = await client.SendAsync<EtcdProtocol.StoreStatusReported>(id => new EtcdProtocol.StoreStatus(id, Cause.None));
        await call.WriteAsync(new AlarmResponse { Header = EtcdWireMapper.Header(status.Revision) });
    }

    private Task<EtcdProtocol.KeySpaceHash> Hash(long revision) =>
        client.SendAsync<EtcdProtocol.KeySpaceHash>(id => new EtcdProtocol.HashKv(id, Cause.None, revision));
}
