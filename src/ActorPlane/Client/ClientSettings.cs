using ActorPlane.Settings;
using Akka.Actor;
using Akka.Configuration;

namespace ActorPlane.Client;

/// <summary>The section <c>actorplane.client</c>: how the components of the cluster talk to the API server.</summary>
/// <param name="RequestTimeout">A request that is not answered within it has an unknown outcome.</param>
/// <param name="RelistBackoff">The waits of an informer before it lists again after its watch broke.</param>
/// <param name="Events">How Event objects are thinned out.</param>
public sealed record ClientSettings(TimeSpan RequestTimeout, BackoffSettings RelistBackoff, EventSettings Events)
{
    /// <summary>Reads the section from a system's whole configuration.</summary>
    public static ClientSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.client");
        return new ClientSettings(
            section.Duration("request-timeout"), BackoffSettings.Read(section.Section("relist-backoff")), EventSettings.Read(section.Section("events")));
    }

    /// <summary>The settings of <paramref name="system"/>, read once and shared by all its clients.</summary>
    public static ClientSettings Of(ActorSystem system) => system.WithExtension<Shared, SharedProvider>().Settings;

    /// <summary>Holds the settings of one system.</summary>
    public sealed class Shared(ClientSettings settings) : IExtension
    {
        public ClientSettings Settings { get; } = settings;
    }

    /// <summary>Creates the extension.</summary>
    public sealed class SharedProvider : ExtensionIdProvider<Shared>
    {
        /// <inheritdoc />
        public override Shared CreateExtension(ExtendedActorSystem system) => new(Read(system.Settings.Config));
    }
}
