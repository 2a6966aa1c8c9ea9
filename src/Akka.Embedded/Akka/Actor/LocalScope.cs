#nullable disable
using Akka.Util;

namespace Akka.Actor;

/// <summary>In this process.</summary>
public class LocalScope : Scope, ISurrogated
{
    private LocalScope()
    {
    }

    public static LocalScope Instance { get; } = new();

    public override Scope Copy() => Instance;

    public ISurrogate ToSurrogate(ActorSystem system) => new LocalScopeSurrogate();

    public override Scope WithFallback(Scope other) => this;

    public class LocalScopeSurrogate : ISurrogate
    {
        public LocalScopeSurrogate()
        {
        }

        public ISurrogated FromSurrogate(ActorSystem system) => Instance;
    }
}
