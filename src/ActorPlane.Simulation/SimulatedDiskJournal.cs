using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace ActorPlane.Simulation;

/// <summary>The journal of a simulation: writes to its <see cref="SimulatedDisk"/>, in virtual time, with that disk's faults.</summary>
public sealed class SimulatedDiskJournal : AsyncWriteJournal
{
    private readonly SimulatedDisk _disk = SimulationSetup.Of(Context.System.Settings).Disk;
    private readonly IScheduler _scheduler = Context.System.Scheduler;

    /// <inheritdoc />
    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        Task.FromResult(_disk.HighestSequenceNr(persistenceId));

    /// <inheritdoc />
    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        foreach (var item in _disk.Read(persistenceId, fromSequenceNr, toSequenceNr, max)) recoveryCallback(item);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var batch = messages.ToArray();
        if (_disk.WriteLatency == TimeSpan.Zero) return Write(batch);
        var written = new TaskCompletionSource<IImmutableList<Exception>>();
        _scheduler.Advanced.ScheduleOnce(_disk.WriteLatency, () =>
        {
            try
            {
                _disk.Append(batch);
                written.SetResult(null!);
            }
            catch (IOException e)
            {
                written.SetException(e);
            }
        });
        return written.Task;
    }

    /// <inheritdoc />
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        _disk.DeleteEvents(persistenceId, toSequenceNr);
        return Task.CompletedTask;
    }

    private Task<IImmutableList<Exception>> Write(AtomicWrite[] batch)
    {
        try
        {
            _disk.Append(batch);
            // Null is the journal API's "all accepted".
            return Task.FromResult<IImmutableList<Exception>>(null!);
        }
        catch (IOException e)
        {
            return Task.FromException<IImmutableList<Exception>>(e);
        }
    }
}
