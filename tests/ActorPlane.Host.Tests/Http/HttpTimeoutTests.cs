using static ActorPlane.Host.Tests.Http.HttpBoundsTests;

namespace ActorPlane.Host.Tests.Http;

/// <summary>Clients that are slow on purpose, or have gone without a word: each costs the server a bounded time.</summary>
public sealed class HttpTimeoutTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    private HttpCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await HttpCluster.StartAsync("actorplane.http { request-timeout = 3s, read-header-timeout = 1s, idle-timeout = 1s }");

    public async Task DisposeAsync()
    {
        Assert.Empty(_cluster.Errors);
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_head_that_does_not_end_is_given_up()
    {
        using var http = await RawHttp.ConnectAsync(_cluster.Address);
        await http.Send("GET /readyz HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        var answer = await http.Receive();
        Assert.True(answer is null or { Code: 408 }, answer?.Text);
        Assert.Null(await http.Receive());
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_a_timeout()
    {
        using var http = await RawHttp.ConnectAsync(_cluster.Address);
        await http.Send(Post(ConfigMaps, "{\"metadata\":", "Content-Length: 1000"));
        AssertStatus(await http.Receive(), 504, "Timeout", "Timeout: request did not complete within the allotted timeout");
    }

    [Fact]
    public async Task A_connection_without_requests_is_closed()
    {
        using var http = await RawHttp.ConnectAsync(_cluster.Address);
        await http.Send(Request("GET", "/healthz"));
        Assert.Equal(200, (await http.Receive())!.Code);
        Assert.Null(await http.Receive());
    }

    [Fact]
    public async Task A_list_that_is_not_read_is_cut_off()
    {
        for (var i = 0; i < 30; i++)
        {
            // A busy machine may need more time than this server gives.
            await Until(
                async () =>
                {
                    using var http = await RawHttp.ConnectAsync(_cluster.Address);
                    await http.Send(Post(ConfigMaps, $$$"""{"metadata":{"name":"fill-{{{i}}}"},"data":{"a":"{{{new string('x', 900_000)}}}"}}"""));
                    return await http.Receive();
                },
                answer => answer?.Code is 201 or 409);
        }

        using var stuck = await RawHttp.ConnectAsync(_cluster.Address, receiveBuffer: 4096);
        await stuck.Send(Request("GET", ConfigMaps));
        Assert.Equal(200, (await stuck.Receive(headOnly: true))!.Code);

        await Until(() => Task.FromResult(_cluster.RequestsInFlight), requests => requests == 0);
        while (await stuck.ReceiveLine() is not null)
        {
            // What was on its way.
        }

        Assert.False(stuck.IsAtEnd);
    }

    [Fact]
    public async Task A_watch_lives_longer_than_a_request_may()
    {
        using var watch = await RawHttp.ConnectAsync(_cluster.Address);
        await watch.Send(Request("GET", ConfigMaps + "?watch=true&timeoutSeconds=5&fieldSelector=metadata.name=none"));
        Assert.Equal(200, (await watch.Receive(headOnly: true))!.Code);

        // Without a change there is nothing but the end, and that a proper one.
        Assert.Null(await watch.ReceiveLine());
        Assert.True(watch.IsAtEnd);
    }
}
