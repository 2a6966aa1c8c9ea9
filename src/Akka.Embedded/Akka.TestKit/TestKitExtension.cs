using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Reads the settings of the test kit from an actor system, which has to have them.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    /// <summary>The settings of the test kit in an actor system.</summary>
    public static TestKitSettings For(ActorSystem system) => new TestKitExtension().Get(system);

    /// <inheritdoc />
    public override TestKitSettings CreateExtension(ExtendedActorSystem system) => new(system.Settings.Config);
}
