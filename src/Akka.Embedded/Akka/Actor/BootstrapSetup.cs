#nullable disable
using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Configuration and provider, given in code.</summary>
public sealed class BootstrapSetup : Setup.Setup
{
    private BootstrapSetup(Option<Config> config, Option<ProviderSelection> actorRefProvider)
    {
        Config = config;
        ActorRefProvider = actorRefProvider;
    }

    public Option<ProviderSelection> ActorRefProvider { get; }

    public Option<Config> Config { get; }

    public static BootstrapSetup Create() => new(Option<Config>.None, Option<ProviderSelection>.None);

    public BootstrapSetup WithActorRefProvider(ProviderSelection name) => new(Config, name);

    public BootstrapSetup WithConfig(Config config) => new(Option<Config>.Create(config), ActorRefProvider);

    public BootstrapSetup WithConfigFallback(Config config) =>
        new(Option<Config>.Create(Config.HasValue ? Config.Value.SafeWithFallback(config) : config), ActorRefProvider);
}
