namespace ActorPlane.Host.Tests.ClientNode;

/// <summary>A test that needs Node and its Kubernetes client; without them it is skipped and says what is missing.</summary>
internal sealed class ClientNodeTheoryAttribute : TheoryAttribute
{
    public ClientNodeTheoryAttribute()
    {
        if (ClientNodeProgram.Missing is { } missing) Skip = missing;
    }
}
