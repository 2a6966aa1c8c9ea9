#nullable disable
using Akka.Actor;

namespace Akka.Util;

/// <summary>An object that is serialized through a stand-in.</summary>
public interface ISurrogated
{
    /// <summary>The stand-in to serialize.</summary>
    ISurrogate ToSurrogate(ActorSystem system);
}
