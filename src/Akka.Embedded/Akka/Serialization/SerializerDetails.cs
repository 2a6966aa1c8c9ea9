using System.Collections.Immutable;

namespace Akka.Serialization;

/// <summary>A serializer that was made in code, and what it serves.</summary>
public sealed class SerializerDetails
{
    private SerializerDetails(string alias, Serializer serializer, ImmutableHashSet<Type> useFor)
    {
        Alias = alias;
        Serializer = serializer;
        UseFor = useFor;
    }

    /// <summary>The name that the configuration may refer to.</summary>
    public string Alias { get; }

    public Serializer Serializer { get; }

    /// <summary>The types that it serves.</summary>
    public ImmutableHashSet<Type> UseFor { get; }

    /// <summary>A serializer and what it serves.</summary>
    public static SerializerDetails Create(string alias, Serializer serializer, ImmutableHashSet<Type> useFor) => new(alias, serializer, useFor);
}
