using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Akka.Annotations;

namespace Akka.Util;

/// <summary>Names and relations of types.</summary>
public static partial class TypeExtensions
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    /// <summary>Whether the type is, derives from or implements another one.</summary>
    public static bool Implements<T>(this Type type) => Implements(type, typeof(T));

    /// <summary>Whether the type is, derives from or implements another one.</summary>
    public static bool Implements(this Type type, Type moreGeneralType) => moreGeneralType.IsAssignableFrom(type);

    /// <summary>The name by which the type is found again in another version of its assembly: full name and assembly name.</summary>
    [InternalApi]
    public static string TypeQualifiedName(this Type type) =>
        Names.GetOrAdd(type, static wanted => VersionOfAssembly().Replace(wanted.AssemblyQualifiedName!, ""));

    [GeneratedRegex(", Version=[^,\\]]+, Culture=[^,\\]]+, PublicKeyToken=[^,\\]]+")]
    private static partial Regex VersionOfAssembly();
}
