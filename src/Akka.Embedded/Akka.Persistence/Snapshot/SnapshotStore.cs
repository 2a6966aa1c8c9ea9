using Akka.Actor;

namespace Akka.Persistence.Snapshot;

/// <summary>
/// Base of snapshot stores. A subclass reads and writes the data store; this class speaks the <see cref="ISnapshotMessage"/>
/// protocol. Tasks that are complete when they are returned are answered at once.
/// </summary>
public abstract class SnapshotStore : ActorBase
{
    private readonly bool _publish;
    private readonly PluginCircuitBreaker _breaker;

    protected SnapshotStore()
    {
        var extension = Persistence.Instance.Apply(Context.System);
        _publish = extension.Settings.Internal.PublishPluginCommands;
        _breaker = new PluginCircuitBreaker(Context.System.Scheduler, extension.ConfigFor(Self));
    }

    /// <summary>The latest snapshot that matches, or null.</summary>
    protected abstract Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Saves a snapshot; one with the same number is replaced.</summary>
    protected abstract Task SaveAsync(SnapshotMetadata metadata, object snapshot);

    /// <summary>Deletes one snapshot; a timestamp of <see cref="DateTime.MinValue"/> matches any.</summary>
    protected abstract Task DeleteAsync(SnapshotMetadata metadata);

    /// <summary>Deletes every snapshot that matches.</summary>
    protected abstract Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Gets the messages that are not of the protocol, and the store's own answers before they are sent.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    protected sealed override bool Receive(object message)
    {
        switch (message)
        {
            case LoadSnapshot load:
                _ = Load(load, Sender, Self);
                return true;
            case SaveSnapshot save:
                _ = Save(save, Context.System.Scheduler.Now.UtcDateTime, Sender, Self);
                return true;
            case DeleteSnapshot delete:
                _ = Delete(delete, Context.System.EventStream, Sender, Self);
                return true;
            case DeleteSnapshots delete:
                _ = Delete(delete, Context.System.EventStream, Sender, Self);
                return true;
            case SaveSnapshotFailure failure:
                try
                {
                    ReceivePluginInternal(message);
                    // Best effort to remove what was half written; the failure is reported either way.
                    _ = _breaker.Call((this, failure.Metadata), static s => s.Item1.DeleteAsync(s.Metadata));
                }
                finally
                {
                    Sender.Tell(message, Self);
                }

                return true;
            case SaveSnapshotSuccess or DeleteSnapshotSuccess or DeleteSnapshotFailure or DeleteSnapshotsSuccess or DeleteSnapshotsFailure:
                try
                {
                    ReceivePluginInternal(message);
                }
                finally
                {
                    Sender.Tell(message, Self);
                }

                return true;
            default:
                return ReceivePluginInternal(message);
        }
    }

    private static Exception Unwrap(Exception e) =>
        e is AggregateException aggregate && aggregate.Flatten().InnerExceptions is [var only] ? only : e;

    private async Task Load(LoadSnapshot request, IActorRef asker, IActorRef self)
    {
        object answer;
        try
        {
            var snapshot = request.Criteria.Equals(SnapshotSelectionCriteria.None)
                ? null
                : await _breaker.Call(
                    (Store: this, request),
                    static s => s.Store.LoadAsync(s.request.PersistenceId, s.request.Criteria.Limit(s.request.ToSequenceNr))).ConfigureAwait(false);
            answer = new LoadSnapshotResult(snapshot, request.ToSequenceNr);
        }
        catch (Exception e)
        {
            answer = new LoadSnapshotFailed(Unwrap(e));
        }

        asker.Tell(answer, self);
    }

    private async Task Save(SaveSnapshot request, DateTime now, IActorRef asker, IActorRef self)
    {
        var asked = request.Metadata;
        var metadata = new SnapshotMetadata(asked.PersistenceId, asked.SequenceNr, asked.Timestamp == DateTime.MinValue ? now : asked.Timestamp);
        object answer;
        try
        {
            await _breaker.Call((Store: this, metadata, request.Snapshot), static s => s.Store.SaveAsync(s.metadata, s.Snapshot)).ConfigureAwait(false);
            answer = new SaveSnapshotSuccess(metadata);
        }
        catch (Exception e)
        {
            answer = new SaveSnapshotFailure(asked, Unwrap(e));
        }

        self.Tell(answer, asker);
    }

    private async Task Delete(DeleteSnapshot request, Event.EventStream eventStream, IActorRef asker, IActorRef self)
    {
        object answer;
        try
        {
            await _breaker.Call((Store: this, request.Metadata), static s => s.Store.DeleteAsync(s.Metadata)).ConfigureAwait(false);
            answer = new DeleteSnapshotSuccess(request.Metadata);
        }
        catch (Exception e)
        {
            answer = new DeleteSnapshotFailure(request.Metadata, Unwrap(e));
        }

        Report(answer, request, eventStream, asker, self);
    }

    private async Task Delete(DeleteSnapshots request, Event.EventStream eventStream, IActorRef asker, IActorRef self)
    {
        object answer;
        try
        {
            await _breaker.Call((Store: this, request), static s => s.Store.DeleteAsync(s.request.PersistenceId, s.request.Criteria)).ConfigureAwait(false);
            answer = new DeleteSnapshotsSuccess(request.Criteria);
        }
        catch (Exception e)
        {
            answer = new DeleteSnapshotsFailure(request.Criteria, Unwrap(e));
        }

        Report(answer, request, eventStream, asker, self);
    }

    private void Report(object answer, object request, Event.EventStream eventStream, IActorRef asker, IActorRef self)
    {
        self.Tell(answer, asker);
        if (_publish)
        {
            eventStream.Publish(request);
        }
    }
}
