using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Pattern;

namespace Akka.Persistence.Journal;

/// <summary>
/// Base of journals. A subclass reads and writes the data store; this class speaks the <see cref="IJournalMessage"/>
/// protocol. Writes may complete on any thread and in any order: answers leave in the order of the requests. Tasks that are
/// complete when they are returned are answered at once, without a detour through the thread pool.
/// </summary>
public abstract class AsyncWriteJournal : WriteJournalBase, IAsyncRecovery
{
    /// <summary>Whether deletions and replays are published to the event stream.</summary>
    protected readonly bool CanPublish;

    private readonly PluginCircuitBreaker _breaker;
    private readonly ReplaySieveSettings _replayFilter;
    private readonly Queue<PendingWrite> _pendingWrites = new();
    private ILoggingAdapter? _log;

    protected AsyncWriteJournal()
    {
        CanPublish = Persistence.Instance.Apply(Context.System).Settings.Internal.PublishPluginCommands;
        _breaker = new PluginCircuitBreaker(Context.System.Scheduler, PluginConfig);
        _replayFilter = ReplaySieveSettings.Read(PluginConfig);
    }

    /// <inheritdoc/>
    public abstract Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback);

    /// <inheritdoc/>
    public abstract Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);

    /// <summary>
    /// Writes the events of one persistent actor, each <see cref="AtomicWrite"/> wholly or not at all. The task completes when
    /// all are durable, with null or with one element for each atomic write: null if it is stored, the reason if it was
    /// rejected. It fails if the store failed, or if it is unknown whether the events were stored.
    /// </summary>
    protected abstract Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages);

    /// <summary>Deletes the events up to and including <paramref name="toSequenceNr"/>; the highest sequence number stays known.</summary>
    protected abstract Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr);

    protected static Exception TryUnwrapException(Exception e) =>
        e is AggregateException aggregate && aggregate.Flatten().InnerExceptions is [var only] ? only : e;

    /// <summary>Gets the messages that are not of the journal's protocol.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    protected sealed override bool Receive(object message) => ReceiveWriteJournal(message) || ReceivePluginInternal(message);

    protected bool ReceiveWriteJournal(object message)
    {
        switch (message)
        {
            case WriteMessages write:
                Write(write);
                return true;
            case ReplayMessages replay:
                _ = Replay(replay, Context);
                return true;
            case DeleteMessagesTo delete:
                _ = Delete(delete, Context.System.EventStream);
                return true;
            default:
                return false;
        }
    }

    private void Write(WriteMessages request)
    {
        var count = request.Messages.Count(m => m is AtomicWrite);
        Task<IImmutableList<Exception>> result;
        try
        {
            var prepared = PrepareAll(request.Messages, count);
            result = count == 0
                ? Task.FromResult<IImmutableList<Exception>>(null!)
                : _breaker.Call((this, prepared), static s => s.Item1.WriteMessagesAsync(s.prepared));
        }
        catch (Exception e)
        {
            // Nothing was handed to the store: the events are rejected, not lost in an unknown state.
            result = Task.FromResult<IImmutableList<Exception>>(Enumerable.Repeat(e, count).ToImmutableArray());
        }

        var write = new PendingWrite(request, result, count);
        lock (_pendingWrites)
        {
            if (result.IsCompleted && _pendingWrites.Count == 0)
            {
                Answer(write, Self);
                return;
            }

            _pendingWrites.Enqueue(write);
        }

        var self = Self;
        result.ContinueWith(
            _ => AnswerCompleted(self),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private AtomicWrite[] PrepareAll(IEnumerable<IPersistentEnvelope> messages, int count)
    {
        var prepared = new AtomicWrite[count];
        var i = 0;
        foreach (var message in messages)
        {
            if (message is AtomicWrite write)
            {
                prepared[i++] = Prepare(write);
            }
        }

        return prepared;
    }

    /// <summary>Answers, on whatever thread a write completed, that write and those it held up.</summary>
    private void AnswerCompleted(IActorRef self)
    {
        lock (_pendingWrites)
        {
            while (_pendingWrites.TryPeek(out var write) && write.Result.IsCompleted)
            {
                _pendingWrites.Dequeue();
                Answer(write, self);
            }
        }
    }

    private static void Answer(PendingWrite write, IActorRef self)
    {
        var request = write.Request;
        var actor = request.PersistentActor;
        var results = write.Result.IsCompletedSuccessfully ? write.Result.Result : null;
        if (FailureOf(write, results) is { } failure)
        {
            actor.Tell(new WriteMessagesFailed(failure, write.Count), self);
            AnswerEach(request, null, failure);
        }
        else
        {
            actor.Tell(WriteMessagesSuccessful.Instance, self);
            AnswerEach(request, results, null);
        }
    }

    private static Exception? FailureOf(PendingWrite write, IImmutableList<Exception>? results)
    {
        if (write.Result.IsFaulted)
        {
            return TryUnwrapException(write.Result.Exception!);
        }

        if (write.Result.IsCanceled)
        {
            return new OperationCanceledException("WriteMessagesAsync canceled, possibly due to timing out.");
        }

        return results is not null && results.Count != write.Count
            ? new IllegalStateException($"AsyncWriteMessages return invalid number or results. Expected [{write.Count}], but got [{results.Count}].")
            : null;
    }

    private static void AnswerEach(WriteMessages request, IImmutableList<Exception>? rejections, Exception? failure)
    {
        var actor = request.PersistentActor;
        var id = request.ActorInstanceId;
        var index = 0;
        foreach (var envelope in request.Messages)
        {
            if (envelope is not AtomicWrite write)
            {
                actor.Tell(new LoopMessageSuccess(envelope.Payload, id), envelope.Sender);
                continue;
            }

            var rejection = rejections?[index++];
            foreach (var p in write.Events)
            {
                object answer = failure is not null ? new WriteMessageFailure(p, failure, id)
                    : rejection is not null ? new WriteMessageRejected(p, rejection, id)
                    : new WriteMessageSuccess(p, id);
                actor.Tell(answer, p.Sender);
            }
        }
    }

    private async Task Replay(ReplayMessages request, IActorContext context)
    {
        var actor = request.PersistentActor;
        var eventStream = context.System.EventStream;
        var sieve = _replayFilter.Mode == ReplayFilterMode.Disabled
            ? null
            : new ReplaySieve(actor, _replayFilter, _log ??= context.GetLogger());
        object end;
        try
        {
            var highest = await _breaker.Call(
                (Journal: this, request),
                static s => s.Journal.ReadHighestSequenceNrAsync(s.request.PersistenceId, Math.Max(0, s.request.FromSequenceNr - 1))).ConfigureAwait(false);
            var to = Math.Min(request.ToSequenceNr, highest);
            if (highest > 0 && request.FromSequenceNr <= to)
            {
                // Without the circuit breaker: a long replay is no failure.
                await ReplayMessagesAsync(context, request.PersistenceId, request.FromSequenceNr, to, request.Max, p =>
                {
                    if (p.IsDeleted)
                    {
                        return;
                    }

                    var replayed = new ReplayedMessage(p);
                    if (sieve is null)
                    {
                        actor.Tell(replayed, ActorRefs.NoSender);
                    }
                    else
                    {
                        sieve.Offer(replayed);
                    }
                }).ConfigureAwait(false);
            }

            end = new RecoverySuccess(highest);
        }
        catch (Exception e)
        {
            end = new ReplayMessagesFailure(TryUnwrapException(e));
        }

        if (sieve is null)
        {
            actor.Tell(end, ActorRefs.NoSender);
        }
        else
        {
            sieve.Complete(end);
        }

        if (CanPublish)
        {
            eventStream.Publish(request);
        }
    }

    private async Task Delete(DeleteMessagesTo request, EventStream eventStream)
    {
        object answer;
        try
        {
            await _breaker.Call(
                (Journal: this, request),
                static s => s.Journal.DeleteMessagesToAsync(s.request.PersistenceId, s.request.ToSequenceNr)).ConfigureAwait(false);
            answer = new DeleteMessagesSuccess(request.ToSequenceNr);
        }
        catch (Exception e)
        {
            answer = new DeleteMessagesFailure(TryUnwrapException(e), request.ToSequenceNr);
        }

        request.PersistentActor.Tell(answer, ActorRefs.NoSender);
        if (CanPublish)
        {
            eventStream.Publish(request);
        }
    }

    private sealed record PendingWrite(WriteMessages Request, Task<IImmutableList<Exception>> Result, int Count);
}
