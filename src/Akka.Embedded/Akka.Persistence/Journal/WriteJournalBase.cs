using Akka.Actor;
using Akka.Annotations;
using Akka.Configuration;

namespace Akka.Persistence.Journal;

/// <summary>What all journals do before they write and after they read. Event adapters are not offered here.</summary>
public abstract class WriteJournalBase : ActorBase
{
    protected WriteJournalBase()
    {
        PluginConfig = Persistence.Instance.Apply(Context.System).ConfigFor(Self);
        if (PluginConfig.HasPath("event-adapters") || PluginConfig.HasPath("event-adapter-bindings"))
        {
            throw new ConfigurationException($"{Self.Path.Name}.event-adapters: this runtime offers no event adapters.");
        }
    }

    /// <summary>The journal's own section with its fallback.</summary>
    private protected Config PluginConfig { get; }

    /// <summary>The events of a request as the data store gets them: without the senders, which mean nothing after a restart.</summary>
    protected IEnumerable<AtomicWrite> PreparePersistentBatch(IEnumerable<IPersistentEnvelope> resequenceables)
    {
        foreach (var envelope in resequenceables)
        {
            if (envelope is AtomicWrite write)
            {
                yield return Prepare(write);
            }
        }
    }

    protected IPersistentRepresentation AdaptToJournal(IPersistentRepresentation representation) => representation;

    [InternalApi]
    protected IEnumerable<IPersistentRepresentation> AdaptFromJournal(IPersistentRepresentation representation) => [representation];

    private protected AtomicWrite Prepare(AtomicWrite write)
    {
        var events = write.Events;
        var prepared = new IPersistentRepresentation[events.Length];
        for (var i = 0; i < events.Length; i++)
        {
            var e = AdaptToJournal(events[i]);
            prepared[i] = e.Update(e.SequenceNr, e.PersistenceId, e.IsDeleted, ActorRefs.NoSender, e.WriterGuid);
        }

        return new AtomicWrite(prepared);
    }
}
