namespace ActorPlane.Host.Tests.Http;

/// <summary>JSON in lines, for people.</summary>
[Collection(HttpCollection.Name)]
public sealed class PrettyJsonTests(HttpFixture cluster)
{
    [Theory]
    [InlineData("/api/v1/namespaces/default?pretty=true", "", "{\n  \"kind\": \"Namespace\",\n  \"apiVersion\": \"v1\",\n  \"metadata\": {\n    \"name\": \"default\",")]
    [InlineData("/api/v1/namespaces", "curl/8.0", "{\n  \"kind\": \"NamespaceList\",\n  \"apiVersion\": \"v1\",\n  \"metadata\": {\n    \"resourceVersion\": ")]
    [InlineData("/api/v1/namespaces?pretty=false", "curl/8.0", "{\"kind\":\"NamespaceList\",")]
    [InlineData("/api/v1/nodes/nope", "Mozilla/5.0 (X11)", "{\n  \"kind\": \"Status\",\n  \"apiVersion\": \"v1\",\n  \"metadata\": {},\n  \"status\": \"Failure\",")]
    [InlineData("/api/v1/namespaces/default", "kubectl/v1.32.0", "{\"kind\":\"Namespace\",")]
    [InlineData("/version", "", "{\n  \"major\": \"1\",")]
    [InlineData("/", "", "{\n  \"paths\": [\n    \"")]
    public async Task It_is_written_in_lines_for_people(string path, string agent, string start)
    {
        using var client = new HttpClient { BaseAddress = cluster.Address };
        if (agent.Length > 0) client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.StartsWith(start, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
