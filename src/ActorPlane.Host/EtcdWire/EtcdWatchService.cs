using ActorPlane.Etcd;
using ActorPlane.Host.EtcdWire.Protos;
using ActorPlane.Tracing;
using Google.Protobuf;

namespace ActorPlane.Host.EtcdWire;

/// <summary>
/// etcd's Watch service: one stream carries many watches. The store numbers watches for itself; the numbers of the
/// stream are the client's, or 0, 1, 2 and so on where it asks for none (<c>mvcc/watcher.go</c>).
/// </summary>
internal sealed class EtcdWatchService(EtcdWireClient client)
{
    public async Task Watch(GrpcCall call)
    {
        using var watches = client.OpenStream();
        using var session = new Session(call, watches);
        var reading = session.ReadRequestsAsync();
        var writing = session.WriteResponsesAsync();
        // Two halves of one stream: whichever ends first, by its end or an error, ends the other and the call.
        var first = await Task.WhenAny(reading, writing);
        call.StopReading();
        watches.Dispose();
        await Task.WhenAll(reading, writing).ContinueWith(static _ => { }, TaskScheduler.Default);
        await first;
    }

    private sealed class Session(GrpcCall call, EtcdWireWatchStream watches) : IDisposable
    {
        /// <summary>Guards the numbers and the response stream: both halves use them.</summary>
        private readonly SemaphoreSlim _gate = new(1);
        private readonly Dictionary<long, long> _storeIdByWireId = [];
        private readonly Dictionary<long, long> _wireIdByStoreId = [];
        private readonly Dictionary<long, long> _wireIdByRequestId = [];
        private long _nextWireId;

        public async Task ReadRequestsAsync()
        {
            while (await call.ReadAsync(WatchRequest.Parser) is { } request)
            {
                await _gate.WaitAsync(call.Aborted);
                try
                {
                    switch (request.RequestUnionCase)
                    {
                        case WatchRequest.RequestUnionOneofCase.CreateRequest:
                            await Create(request.CreateRequest);
                            break;
                        case WatchRequest.RequestUnionOneofCase.CancelRequest:
                            if (!_storeIdByWireId.TryGetValue(request.CancelRequest.WatchId, out var storeId)) break;
                            watches.Send(id => new EtcdProtocol.CancelWatch(id, Cause.None, storeId));
                            break;
                        case WatchRequest.RequestUnionOneofCase.ProgressRequest:
                            watches.Send(static id => new EtcdProtocol.RequestProgress(id, Cause.None));
                            break;
                    }
                }
                finally
                {
                    _gate.Release();
                }
            }
        }

        public async Task WriteResponsesAsync()
        {
            while (await watches.Messages.WaitToReadAsync(call.Aborted))
            {
                await _gate.WaitAsync(call.Aborted);
                try
                {
                    while (watches.Messages.TryRead(out var message))
                    {
                        if (Response(message) is { } response) call.Write(response);
                        if (message is not EtcdProtocol.WatchEvents told) continue;
                        await call.FlushAsync();
                        watches.Acknowledge(told.WatchId, told.Revision);
                    }
                    await call.FlushAsync();
                }
                finally
                {
                    _gate.Release();
                }
            }
        }

        public void Dispose() => _gate.Dispose();

        private async Task Create(WatchCreateRequest request)
        {
            var wireId = request.WatchId;
            if (wireId == 0)
            {
                while (_storeIdByWireId.ContainsKey(_nextWireId)) _nextWireId++;
                wireId = _nextWireId++;
            }
            else if (_storeIdByWireId.ContainsKey(wireId))
            {
                call.Write(Refusal(EtcdError.DuplicateWatchId, 0));
                await call.FlushAsync();
                return;
            }
            // An empty key means the first one, which is what a watch of everything begins with.
            var key = request.Key.IsEmpty ? ByteString.CopyFrom(0) : request.Key;
            var storeId = watches.Watch(new EtcdProtocol.Watch(
                0, Cause.None, 0, EtcdWireMapper.Keys(key, request.RangeEnd), Math.Max(0, request.StartRevision), request.PrevKv,
                request.Filters.Contains(WatchCreateRequest.Types.FilterType.Noput),
                request.Filters.Contains(WatchCreateRequest.Types.FilterType.Nodelete), request.ProgressNotify));
            _storeIdByWireId.Add(wireId, storeId);
            _wireIdByStoreId.Add(storeId, wireId);
            _wireIdByRequestId.Add(storeId, wireId);
        }

        private WatchResponse? Response(object message)
        {
            switch (message)
            {
                case EtcdProtocol.WatchCreated created:
                    _wireIdByRequestId.Remove(created.RequestId);
                    return new WatchResponse
                    {
                        Header = EtcdWireMapper.Header(created.Revision), WatchId = _wireIdByStoreId[created.WatchId], Created = true,
                    };
                case EtcdProtocol.Failed failed:
                    // The request of a watch carries its number.
                    if (_wireIdByRequestId.Remove(failed.RequestId)) Forget(failed.RequestId);
                    return Refusal(failed.Error, failed.Revision);
                case EtcdProtocol.WatchEvents told:
                    if (!_wireIdByStoreId.TryGetValue(told.WatchId, out var watchId)) return null;
                    var events = new WatchResponse { Header = EtcdWireMapper.Header(told.Revision), WatchId = watchId };
                    foreach (var change in told.Events) events.Events.Add(EtcdWireMapper.Event(change));
                    return events;
                case EtcdProtocol.WatchProgress progress:
                    return _wireIdByStoreId.TryGetValue(progress.WatchId, out var idleId) && progress.Cause == Cause.None
                        ? new WatchResponse { Header = EtcdWireMapper.Header(progress.Revision), WatchId = idleId }
                        : null;
                case EtcdProtocol.ProgressReported reported:
                    // Of no single watch: etcd says so with this number.
                    return new WatchResponse { Header = EtcdWireMapper.Header(reported.Revision), WatchId = -1 };
                case EtcdProtocol.WatchStopped stopped:
                    return Forget(stopped.WatchId) is { } stoppedId
                        ? new WatchResponse { Header = EtcdWireMapper.Header(stopped.Revision), WatchId = stoppedId, Canceled = true }
                        : null;
                case EtcdProtocol.WatchCancelled cancelled:
                    if (Forget(cancelled.WatchId) is not { } cancelledId) return null;
                    return new WatchResponse
                    {
                        Header = EtcdWireMapper.Header(cancelled.Revision), WatchId = cancelledId, Canceled = true,
                        CompactRevision = cancelled.CompactRevision, CancelReason = cancelled.Reason,
                    };
                default:
                    throw new InvalidOperationException($"a watch stream got {message.GetType()}");
            }
        }

        private static WatchResponse Refusal(EtcdError error, long revision) => new()
        {
            Header = EtcdWireMapper.Header(revision), WatchId = -1, Created = true, Canceled = true, CancelReason = error.Message,
        };

        private long? Forget(long storeId)
        {
            if (!_wireIdByStoreId.Remove(storeId, out var wireId)) return null;
            _storeIdByWireId.Remove(wireId);
            watches.Forget(storeId);
            return wireId;
        }
    }
}
