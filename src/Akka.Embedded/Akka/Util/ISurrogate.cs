#nullable disable
using Akka.Actor;

namespace Akka.Util;

/// <summary>The serializable stand-in of an object that cannot be serialized itself.</summary>
public interface ISurrogate
{
    /// <summary>Restores the object inside <paramref name="system"/>.</summary>
    ISurrogated FromSurrogate(ActorSystem system);
}
