using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>Brings the settings of the test kit into an actor system.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    private static readonly Config Defaults = ConfigurationFactory.FromResource<TestKitExtension>("Akka.TestKit.Internal.Reference.conf");

    /// <summary>The settings of the test kit in an actor system.</summary>
    public static TestKitSettings For(ActorSystem system) => new TestKitExtension().Get(system);

    /// <inheritdoc />
    public override TestKitSettings CreateExtension(ExtendedActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(Defaults);
        return new TestKitSettings(system.Settings.Config);
    }
}
