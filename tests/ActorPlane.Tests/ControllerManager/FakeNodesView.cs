namespace ActorPlane.Tests.ControllerManager;

/// <summary>Lets a test look into the actor, which runs on the test's own thread.</summary>
internal sealed class FakeNodesView
{
    public FakeNodes Actor { get; set; } = null!;
}
