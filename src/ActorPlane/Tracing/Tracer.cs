using Akka.Actor;

namespace ActorPlane.Tracing;

/// <summary>
/// A system's tracing: hands every traced message to the sink that was set, if any. Off, which is the default, it costs
/// one field read per message. An Akka extension, so that each system has its own.
/// </summary>
public sealed class Tracer(ExtendedActorSystem system) : IExtension
{
    private long _sequence;
    private volatile ITraceSink? _sink;

    /// <summary>The tracer of <paramref name="system"/>.</summary>
    public static Tracer Of(ActorSystem system) => system.WithExtension<Tracer, Provider>();

    /// <summary>Where traced messages go from now on; null turns tracing off.</summary>
    public ITraceSink? Sink
    {
        get => _sink;
        set => _sink = value;
    }

    /// <summary>Tells the sink that <paramref name="receiver"/> takes up <paramref name="message"/>.</summary>
    public void Observe(object message, IActorRef sender, IActorRef receiver)
    {
        if (_sink is { } sink && message is ITraced traced)
            sink.Observe(new TraceEvent(system.Scheduler.Now, Interlocked.Increment(ref _sequence), sender, receiver, traced));
    }

    /// <summary>Creates the extension.</summary>
    public sealed class Provider : ExtensionIdProvider<Tracer>
    {
        /// <inheritdoc />
        public override Tracer CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
