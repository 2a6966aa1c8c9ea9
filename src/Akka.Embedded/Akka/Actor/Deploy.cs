#nullable disable
using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>How an actor is deployed: dispatcher, mailbox, stash.</summary>
public class Deploy : IEquatable<Deploy>, ISurrogated
{
    public static readonly string NoDispatcherGiven = string.Empty;

    public static readonly string NoMailboxGiven = string.Empty;

    public static readonly Scope NoScopeGiven = Actor.NoScopeGiven.Instance;

    public const int NoStashSize = -1;

    public static readonly Deploy Local = new(Scope.Local);

    public static readonly Deploy None = null;

    public Deploy()
        : this("", NoScopeGiven)
    {
    }

    public Deploy(Scope scope)
        : this("", scope ?? NoScopeGiven)
    {
    }

    public Deploy(string path, Scope scope)
    {
        Path = path;
        Scope = scope;
        Config = Config.Empty;
        Dispatcher = NoDispatcherGiven;
        Mailbox = NoMailboxGiven;
        StashCapacity = NoStashSize;
    }

    private Deploy(Deploy copy)
    {
        Path = copy.Path;
        Scope = copy.Scope;
        Config = copy.Config;
        Dispatcher = copy.Dispatcher;
        Mailbox = copy.Mailbox;
        StashCapacity = copy.StashCapacity;
    }

    public Config Config { get; private init; }

    public string Dispatcher { get; private init; }

    public string Mailbox { get; private init; }

    public string Path { get; private init; }

    public Scope Scope { get; private init; }

    /// <summary>The places in the stash, or <see cref="NoStashSize"/> for the mailbox's own number.</summary>
    public int StashCapacity { get; private init; }

    public bool Equals(Deploy other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (Path == other.Path
                && Dispatcher == other.Dispatcher
                && Mailbox == other.Mailbox
                && StashCapacity == other.StashCapacity
                && Scope.Equals(other.Scope)));

    public ISurrogate ToSurrogate(ActorSystem system) => new DeploySurrogate
    {
        Path = Path,
        Config = Config,
        Scope = Scope,
        Dispatcher = Dispatcher,
        Mailbox = Mailbox,
        StashCapacity = StashCapacity,
    };

    public virtual Deploy WithDispatcher(string dispatcher) => new(this) { Dispatcher = dispatcher };

    /// <summary>What this deployment leaves open is taken from <paramref name="other"/>.</summary>
    public virtual Deploy WithFallback(Deploy other) => new(this)
    {
        Config = Config.WithFallback(other.Config),
        Scope = Scope.WithFallback(other.Scope),
        Dispatcher = Dispatcher == NoDispatcherGiven ? other.Dispatcher : Dispatcher,
        Mailbox = Mailbox == NoMailboxGiven ? other.Mailbox : Mailbox,
        StashCapacity = StashCapacity == NoStashSize ? other.StashCapacity : StashCapacity,
    };

    public virtual Deploy WithMailbox(string mailbox) => new(this) { Mailbox = mailbox };

    public virtual Deploy WithScope(Scope scope) => new(this) { Scope = scope ?? NoScopeGiven };

    public virtual Deploy WithStashCapacity(int stashSize) => new(this) { StashCapacity = stashSize };

    public class DeploySurrogate : ISurrogate
    {
        public DeploySurrogate()
        {
        }

        public Config Config { get; set; }

        public string Dispatcher { get; set; }

        public string Mailbox { get; set; }

        public string Path { get; set; }

        public Scope Scope { get; set; }

        public int StashCapacity { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) => new Deploy(Path, Scope)
        {
            Config = Config,
            Dispatcher = Dispatcher,
            Mailbox = Mailbox,
            StashCapacity = StashCapacity,
        };
    }
}
