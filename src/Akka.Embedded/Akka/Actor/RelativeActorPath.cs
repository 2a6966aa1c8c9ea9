#nullable disable
namespace Akka.Actor;

/// <summary>Splits relative paths.</summary>
public static class RelativeActorPath
{
    /// <summary>The names of a path without protocol, or null when it is not one.</summary>
    public static IEnumerable<string> Unapply(string addr) =>
        Uri.TryCreate(addr, UriKind.RelativeOrAbsolute, out _) && !addr.Contains("://", StringComparison.Ordinal)
            ? addr.Split('/')
            : null;
}
