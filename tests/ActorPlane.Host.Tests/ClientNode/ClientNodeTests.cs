using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.ClientNode;

/// <summary>The official JavaScript client, <c>@kubernetes/client-node</c> 1.x, finds what it knows.</summary>
[Collection(HttpCollection.Name)]
public sealed class ClientNodeTests(ClientNodeProgram program) : IClassFixture<ClientNodeProgram>
{
    [ClientNodeTheory]
    [InlineData("an informer is told of additions, changes and deletions")]
    [InlineData("an informer whose connection was cut goes on where it was")]
    [InlineData("an informer that was away for too long gets 410 and lists again")]
    [InlineData("a list can be paged and filtered")]
    [InlineData("an object is created, read, replaced and deleted, with its types")]
    [InlineData("an object is patched in all four ways")]
    [InlineData("two appliers on the server side meet a conflict, and force decides it")]
    [InlineData("a log is read and followed to its end")]
    [InlineData("refusals are Statuses with their reasons")]
    public void It_sees_that(string scenario)
    {
        Assert.True(program.Errors.TryGetValue(scenario, out var error), $"It was not run: {program.Output}");
        Assert.Null(error);
    }
}
