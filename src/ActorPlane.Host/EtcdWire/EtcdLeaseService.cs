using ActorPlane.Etcd;
using ActorPlane.Host.EtcdWire.Protos;
using ActorPlane.Tracing;
using Google.Protobuf;

namespace ActorPlane.Host.EtcdWire;

/// <summary>etcd's Lease service.</summary>
internal sealed class EtcdLeaseService(EtcdWireClient client, bool unsafeWrites)
{
    public async Task Grant(GrpcCall call)
    {
        var request = await call.ReadOneAsync(LeaseGrantRequest.Parser);
        var granted = await client.SendAsync<EtcdProtocol.LeaseGranted>(
            id => new EtcdProtocol.LeaseGrant(id, Cause.None, request.ID, request.TTL));
        await call.WriteAsync(new LeaseGrantResponse
        {
            Header = EtcdWireMapper.Header(granted.Revision), ID = granted.LeaseId, TTL = granted.TtlSeconds,
        });
    }

    public async Task Revoke(GrpcCall call)
    {
        var request = await call.ReadOneAsync(LeaseRevokeRequest.Parser);
        if (!unsafeWrites)
        {
            var lease = await client.SendAsync<EtcdProtocol.LeaseState>(
                id => new EtcdProtocol.LeaseTimeToLive(id, Cause.None, request.ID, WithKeys: true));
            if (EtcdWriteGuard.Touches(lease.Keys)) throw EtcdWriteGuard.Refusal;
        }
        var revoked = await client.SendAsync<EtcdProtocol.LeaseRevoked>(id => new EtcdProtocol.LeaseRevoke(id, Cause.None, request.ID));
        await call.WriteAsync(new LeaseRevokeResponse { Header = EtcdWireMapper.Header(revoked.Revision) });
    }

    public async Task KeepAlive(GrpcCall call)
    {
        while (await call.ReadAsync(LeaseKeepAliveRequest.Parser) is { } request)
        {
            var kept = await client.SendAsync<EtcdProtocol.LeaseKeptAlive>(id => new EtcdProtocol.LeaseKeepAlive(id, Cause.None, request.ID));
            await call.WriteAsync(new LeaseKeepAliveResponse
            {
                Header = EtcdWireMapper.Header(kept.Revision), ID = kept.LeaseId, TTL = kept.TtlSeconds,
            });
        }
    }

    public async Task TimeToLive(GrpcCall call)
    {
        var request = await call.ReadOneAsync(LeaseTimeToLiveRequest.Parser);
        var state = await client.SendAsync<EtcdProtocol.LeaseState>(
            id => new EtcdProtocol.LeaseTimeToLive(id, Cause.None, request.ID, request.Keys));
        var response = new LeaseTimeToLiveResponse
        {
            Header = EtcdWireMapper.Header(state.Revision), ID = state.LeaseId, TTL = state.TtlSeconds, GrantedTTL = state.GrantedTtlSeconds,
        };
        foreach (var key in state.Keys) response.Keys.Add(ByteString.CopyFrom(key.Span));
        await call.WriteAsync(response);
    }

    public async Task Leases(GrpcCall call)
    {
        await call.ReadOneAsync(LeaseLeasesRequest.Parser);
        var list = await client.SendAsync<EtcdProtocol.LeaseList>(id => new EtcdProtocol.ListLeases(id, Cause.None));
        var response = new LeaseLeasesResponse { Header = EtcdWireMapper.Header(list.Revision) };
        foreach (var leaseId in list.LeaseIds) response.Leases.Add(new LeaseStatus { ID = leaseId });
        await call.WriteAsync(response);
    }
}
