using Akka.Actor;
using Akka.Annotations;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>Looks up the numbers of serializers.</summary>
[InternalApi]
public static class SerializerIdentifierHelper
{
    /// <summary>The number of a serializer from <c>akka.actor.serialization-identifiers</c>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static int GetSerializerIdentifierFromConfig(Type type, ExtendedActorSystem system)
    {
        const string path = "akka.actor.serialization-identifiers";
        var identifiers = system.Settings.Config.GetConfig(path)
            ?? throw new ArgumentException($"Couldn't find serializer identifiers under [{path}] HOCON path", nameof(system));
        return identifiers.GetValue("\"" + type.TypeQualifiedName() + "\"")?.GetInt()
            ?? throw new ArgumentException($"Couldn't find serializer id for [{type}] under [{path}] HOCON path", nameof(type));
    }
}
