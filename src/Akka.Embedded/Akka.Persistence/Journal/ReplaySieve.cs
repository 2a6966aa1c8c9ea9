using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Persistence.Journal;

/// <summary>The <c>replay-filter</c> section of a journal.</summary>
internal sealed record ReplaySieveSettings(ReplayFilterMode Mode, int WindowSize, int MaxOldWriters, bool DebugEnabled)
{
    public static ReplaySieveSettings Read(Config config)
    {
        var mode = config.GetString("replay-filter.mode").ToLowerInvariant() switch
        {
            "off" or "false" => ReplayFilterMode.Disabled,
            "repair-by-discard-old" => ReplayFilterMode.RepairByDiscardOld,
            "fail" => ReplayFilterMode.Fail,
            "warn" => ReplayFilterMode.Warn,
            var other => throw new ConfigurationException($"Invalid replay-filter.mode [{other}], supported values [off, repair-by-discard-old, fail, warn]"),
        };
        return new(mode, config.GetInt("replay-filter.window-size"), config.GetInt("replay-filter.max-old-writers"), config.GetBoolean("replay-filter.debug"));
    }
}

/// <summary>The replay filter's logic. One replay, one thread at a time.</summary>
internal sealed class ReplaySieve(IActorRef persistentActor, ReplaySieveSettings settings, ILoggingAdapter log)
{
    private readonly LinkedList<ReplayedMessage> _held = new();
    private readonly LinkedList<string> _oldWriters = new();
    private string _writer = string.Empty;
    private long _sequenceNr = -1;
    private bool _hasFailed;

    public void Offer(ReplayedMessage replayed)
    {
        if (_hasFailed)
        {
            return;
        }

        var p = replayed.Persistent;
        if (settings.DebugEnabled && log.IsDebugEnabled)
        {
            log.Debug("Replay: {0}", p);
        }

        if (_held.Count == settings.WindowSize)
        {
            // The node is used again for the newcomer: a replay of a million events allocates no million nodes.
            var oldest = _held.First!;
            persistentActor.Tell(oldest.Value, ActorRefs.NoSender);
            _held.RemoveFirst();
            if (IsAcceptable(p))
            {
                oldest.Value = replayed;
                _held.AddLast(oldest);
            }
        }
        else if (IsAcceptable(p))
        {
            _held.AddLast(replayed);
        }
    }

    /// <summary>Lets go what is held, then passes on the end of the replay.</summary>
    public void Complete(object end)
    {
        if (_hasFailed)
        {
            return;
        }

        if (settings.DebugEnabled && log.IsDebugEnabled)
        {
            log.Debug("Replay completed: {0}", end);
        }

        foreach (var held in _held)
        {
            persistentActor.Tell(held, ActorRefs.NoSender);
        }

        _held.Clear();
        persistentActor.Tell(end, ActorRefs.NoSender);
    }

    private bool IsAcceptable(IPersistentRepresentation p)
    {
        if (p.WriterGuid == _writer)
        {
            if (p.SequenceNr < _sequenceNr)
            {
                return Settle(
                    $"Invalid replayed event [sequenceNr={p.SequenceNr}, writerUUID={p.WriterGuid}] of persistenceId [{p.PersistenceId}]: "
                    + $"the same writer's event [sequenceNr={_sequenceNr}] came before it. Were events written out of order, or do two entities share the id?");
            }

            _sequenceNr = p.SequenceNr;
            return true;
        }

        if (_oldWriters.Contains(p.WriterGuid))
        {
            return Settle(
                $"Invalid replayed event [sequenceNr={p.SequenceNr}, writerUUID={p.WriterGuid}] of persistenceId [{p.PersistenceId}]: "
                + $"a newer writer's event [sequenceNr={_sequenceNr}, writerUUID={_writer}] came before it. Did the old writer go on, or do two entities share the id?");
        }

        if (_writer.Length > 0)
        {
            _oldWriters.AddLast(_writer);
            if (_oldWriters.Count > settings.MaxOldWriters)
            {
                _oldWriters.RemoveFirst();
            }
        }

        _writer = p.WriterGuid;
        _sequenceNr = p.SequenceNr;
        return ReviewHeld(p);
    }

    /// <summary>A new writer begins: events of earlier ones that are held and not below its first are the invalid ones.</summary>
    private bool ReviewHeld(IPersistentRepresentation p)
    {
        for (var node = _held.First; node is not null && !_hasFailed;)
        {
            var next = node.Next;
            var held = node.Value.Persistent;
            if (held.SequenceNr >= p.SequenceNr
                && !Settle(
                    $"Invalid replayed event [sequenceNr={p.SequenceNr}, writerUUID={p.WriterGuid}] from a new writer of persistenceId [{p.PersistenceId}]: "
                    + $"an older writer's event [sequenceNr={held.SequenceNr}, writerUUID={held.WriterGuid}] came before it. Did the old writer go on, or do two entities share the id?")
                && !_hasFailed)
            {
                _held.Remove(node);
            }

            node = next;
        }

        return !_hasFailed;
    }

    /// <summary>Whether the invalid event is replayed all the same.</summary>
    private bool Settle(string problem)
    {
        if (settings.Mode != ReplayFilterMode.Fail)
        {
            log.Warning("{0}", problem);
            return settings.Mode == ReplayFilterMode.Warn;
        }

        log.Error("{0}", problem);
        _hasFailed = true;
        _held.Clear();
        persistentActor.Tell(new ReplayMessagesFailure(new Pattern.IllegalStateException(problem)), ActorRefs.NoSender);
        return false;
    }
}
