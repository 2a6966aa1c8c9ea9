using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence.Journal;

/// <summary>
/// An actor between journal and persistent actor that holds replayed events back until it has seen
/// <see cref="WindowSize"/> more, to find those of writers that overlapped. Our journals use the same
/// <see cref="ReplaySieve"/> without the actor.
/// </summary>
public class ReplayFilter : ActorBase
{
    private readonly ReplaySieve _sieve;

    public ReplayFilter(IActorRef persistentActor, ReplayFilterMode mode, int windowSize, int maxOldWriters, bool debugEnabled)
    {
        PersistentActor = persistentActor;
        Mode = mode;
        WindowSize = windowSize;
        MaxOldWriters = maxOldWriters;
        DebugEnabled = debugEnabled;
        _sieve = new ReplaySieve(persistentActor, new ReplaySieveSettings(mode, windowSize, maxOldWriters, debugEnabled), Context.GetLogger());
    }

    public IActorRef PersistentActor { get; }
    public ReplayFilterMode Mode { get; }

    /// <summary>How many events are held back.</summary>
    public int WindowSize { get; }

    /// <summary>How many earlier writers are remembered.</summary>
    public int MaxOldWriters { get; }

    /// <summary>Whether each event is logged at debug level.</summary>
    public bool DebugEnabled { get; }

    /// <exception cref="ArgumentNullException">A number is not positive, or the mode is <see cref="ReplayFilterMode.Disabled"/>.</exception>
    public static Props Props(IActorRef persistentActor, ReplayFilterMode mode, int windowSize, int maxOldWriters, bool debugEnabled)
    {
        if (windowSize <= 0)
        {
            throw new ArgumentNullException(nameof(windowSize), "windowSize must be > 0");
        }

        if (maxOldWriters <= 0)
        {
            throw new ArgumentNullException(nameof(maxOldWriters), "maxOldWriters must be > 0");
        }

        if (mode == ReplayFilterMode.Disabled)
        {
            throw new ArgumentNullException(nameof(mode), "mode must not be Disabled");
        }

        return Akka.Actor.Props.Create(() => new ReplayFilter(persistentActor, mode, windowSize, maxOldWriters, debugEnabled));
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case ReplayedMessage replayed:
                _sieve.Offer(replayed);
                return true;
            case RecoverySuccess or ReplayMessagesFailure:
                _sieve.Complete(message);
                Context.Stop(Self);
                return true;
            default:
                return false;
        }
    }
}
