using Akka.Actor;

namespace Akka.Event;

/// <summary>Who logs: a name and a type.</summary>
public struct LogSource
{
    private LogSource(string source, Type type)
    {
        Source = source;
        Type = type;
    }

    /// <summary>The name.</summary>
    public string Source { get; }

    public Type Type { get; }

    /// <summary>A source of a given name and type.</summary>
    public static LogSource Create(string source, Type t) => new(source, t);

    /// <summary>The source that stands for an object: an actor, its reference, a name, a type, or any other object.</summary>
    public static LogSource Create(object o) => o switch
    {
        IActorContext context => new LogSource(context.Self.Path.ToString(), SourceType(context)),
        IActorRef actor => new LogSource(actor.Path.ToString(), SourceType(actor)),
        string name => new LogSource(name, SourceType(name)),
        Type type => new LogSource(Logging.SimpleName(type), type),
        _ => new LogSource(Logging.SimpleName(o), SourceType(o))
    };

    /// <summary>The same, with the name of the actor system where an object has no address itself.</summary>
    public static LogSource Create(object o, ActorSystem system) => o switch
    {
        IActorContext context => new LogSource(FromActor(context, system), SourceType(context)),
        IActorRef actor => new LogSource(FromActorRef(actor, system), SourceType(actor)),
        string name => new LogSource(FromString(name, system), SourceType(name)),
        Type type => new LogSource(FromType(type, system), type),
        _ => new LogSource(FromType(o.GetType(), system), SourceType(o))
    };

    /// <summary>The path of the actor with its address.</summary>
    public static string FromActor(IActorContext actor, ActorSystem system) => FromActorRef(actor.Self, system);

    /// <summary>The path of the actor, with its address if the system has started.</summary>
    public static string FromActorRef(IActorRef a, ActorSystem system)
    {
        var address = (system as ExtendedActorSystem)?.Provider?.DefaultAddress;
        return address == null ? a.Path.ToString() : a.Path.ToStringWithAddress(address);
    }

    /// <summary>The name and the actor system.</summary>
    public static string FromString(string source, ActorSystem system) => source + "(" + system + ")";

    /// <summary>The name of the type and the actor system.</summary>
    public static string FromType(Type t, ActorSystem system) => Logging.SimpleName(t) + "(" + system + ")";

    /// <summary>The type that stands for an object.</summary>
    public static Type SourceType(object o) => o switch
    {
        Type type => type,
        IActorContext context => context.Props.Type,
        IActorRef => typeof(ActorBase),
        string => typeof(DummyClassForStringSources),
        _ => o.GetType()
    };
}
