namespace ActorPlane.Host.Tests.Http;

/// <summary>All tests of the HTTP API share one cluster; each works in a namespace or under names of its own.</summary>
[CollectionDefinition(Name)]
public sealed class HttpCollection : ICollectionFixture<HttpFixture>
{
    public const string Name = "http";
}
