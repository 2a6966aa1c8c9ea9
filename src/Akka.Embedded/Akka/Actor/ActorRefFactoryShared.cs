#nullable disable
namespace Akka.Actor;

/// <summary>The rules by which path strings become selections.</summary>
public static class ActorRefFactoryShared
{
    public static ActorSelection ActorSelection(ActorPath actorPath, ActorSystem system)
    {
        var root = ((ExtendedActorSystem)system).Provider.RootGuardianAt(actorPath.Address);
        return new ActorSelection(root, actorPath.Elements);
    }

    /// <summary>Absolute paths start at the root, relative ones at <paramref name="lookupRoot"/>.</summary>
    public static ActorSelection ActorSelection(string path, ActorSystem system, IActorRef lookupRoot)
    {
        var provider = ((ExtendedActorSystem)system).Provider;
        if (Uri.TryCreate(path, UriKind.RelativeOrAbsolute, out var uri) && !path.Contains("://", StringComparison.Ordinal))
        {
            if (path.StartsWith('/'))
                return new ActorSelection(provider.RootGuardian, Elements(path));
            return new ActorSelection(lookupRoot, Elements(path));
        }

        if (uri is null || !ActorPath.TryParse(path, out var actorPath))
            return new ActorSelection(provider.DeadLetters, "");
        return new ActorSelection(provider.RootGuardianAt(actorPath.Address), actorPath.Elements);
    }

    public static ActorSelection ActorSelection(IActorRef anchorActorRef, string path) => new(anchorActorRef, path);

    private static IEnumerable<string> Elements(string path) => path.Split('/').SkipWhile(e => e.Length == 0);
}
