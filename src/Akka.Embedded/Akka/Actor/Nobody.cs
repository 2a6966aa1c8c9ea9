#nullable disable
using Akka.Util;

namespace Akka.Actor;

/// <summary>The handle that stands for no actor at all.</summary>
public sealed class Nobody : MinimalActorRef
{
    public static Nobody Instance = new();

    private Nobody()
    {
    }

    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/Nobody");

    /// <summary>There is none: asking for it is an error.</summary>
    public override IActorRefProvider Provider => throw new NotSupportedException("Nobody does not provide");

    public override ISurrogate ToSurrogate(ActorSystem system) => new NobodySurrogate();

    public class NobodySurrogate : ISurrogate
    {
        public NobodySurrogate()
        {
        }

        public ISurrogated FromSurrogate(ActorSystem system) => ActorRefs.Nobody;
    }
}
