#nullable disable
using Akka.Configuration;

namespace Akka.Actor;

/// <summary>The <c>akka.actor.deployment</c> section: deployments by path below /user, with * and ** as wildcards.</summary>
public class Deployer
{
    protected readonly Config Default;

    private readonly Lock _lock = new();
    private (string[] Pattern, Deploy Deploy)[] _deployments = [];

    public Deployer(Settings settings)
    {
        var section = settings.Config.GetConfig("akka.actor.deployment");
        Default = section.IsNullOrEmpty() ? Config.Empty : section.GetConfig("default") ?? Config.Empty;
        if (section.IsNullOrEmpty())
            return;
        foreach (var pair in section.AsEnumerable())
        {
            if (pair.Key != "default")
                SetDeploy(ParseConfig(pair.Key, section.GetConfig($"\"{pair.Key}\"")));
        }
    }

    internal bool IsEmpty => _deployments.Length == 0;

    public Deploy Lookup(ActorPath path)
    {
        var elements = path.Elements;
        return IsEmpty || elements.Count == 0 || elements[0] != "user" ? Deploy.None : Lookup(elements.Skip(1));
    }

    public Deploy Lookup(IEnumerable<string> path)
    {
        var names = path.ToArray();
        var deployments = _deployments;

        // A literal path beats any pattern.
        foreach (var (pattern, deploy) in deployments)
        {
            if (pattern.SequenceEqual(names))
                return deploy;
        }

        foreach (var (pattern, deploy) in deployments)
        {
            if (Matches(pattern, names))
                return deploy;
        }

        return Deploy.None;
    }

    public void SetDeploy(Deploy deploy)
    {
        var pattern = deploy.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        lock (_lock)
            _deployments = [.. _deployments.Where(d => !d.Pattern.SequenceEqual(pattern)), (pattern, deploy)];
    }

    public virtual Deploy ParseConfig(string key, Config config)
    {
        var deployment = config.WithFallback(Default);
        return new Deploy(key, Deploy.NoScopeGiven)
            .WithDispatcher(deployment.GetString("dispatcher", Deploy.NoDispatcherGiven))
            .WithMailbox(deployment.GetString("mailbox", Deploy.NoMailboxGiven))
            .WithStashCapacity(deployment.GetInt("stash-capacity", Deploy.NoStashSize));
    }

    private static bool Matches(string[] pattern, string[] names)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == "**")
                return names.Length > i;
            if (i >= names.Length || (pattern[i] != "*" && pattern[i] != names[i]))
                return false;
        }

        return pattern.Length == names.Length;
    }
}
