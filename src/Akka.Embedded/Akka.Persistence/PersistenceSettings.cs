using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>Settings below <c>akka.persistence</c> that journals and snapshot stores share.</summary>
public sealed class PersistenceSettings : Settings
{
    public PersistenceSettings(ActorSystem system, Config config)
        : base(system, config) =>
        Internal = new InternalSettings(config);

    public InternalSettings Internal { get; }

    /// <summary>Switches for tests of plug-ins.</summary>
    public sealed class InternalSettings(Config config)
    {
        /// <summary>Whether plug-ins publish the deletions and replays that they were asked for.</summary>
        public bool PublishPluginCommands { get; } = config.GetBoolean("publish-plugin-commands");
    }
}
