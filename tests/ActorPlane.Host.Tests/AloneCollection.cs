namespace ActorPlane.Host.Tests;

/// <summary>Tests that measure the process or load it: no other runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
