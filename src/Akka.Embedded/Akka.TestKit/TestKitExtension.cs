using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Brings the settings of the test kit into an actor system.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    /// <summary>The settings of the test kit in an actor system.</summary>
    public static TestKitSettings For(ActorSystem system) => new TestKitExtension().Get(system);

    /// <inheritdoc />
    public override TestKitSettings CreateExtension(ExtendedActorSystem system) => new(system.Settings.Config);
}
