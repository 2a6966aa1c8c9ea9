using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.ClientGo;

/// <summary>Ephemeral containers, logs, and the doors behind which nobody stands.</summary>
[Collection(HttpCollection.Name)]
public sealed class PodPartTests(HttpFixture cluster) : IDisposable
{
    private const string Pods = "/api/v1/namespaces/default/pods";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ApiClient _client = new(cluster.Address);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task An_ephemeral_container_joins_a_pod_that_runs()
    {
        await Running("joined");
        var patched = (await _client.Patch(
            $"{Pods}/joined/ephemeralcontainers", "strategic-merge-patch+json",
            """{"spec":{"ephemeralContainers":[{"name":"debugger","image":"busybox","command":["sleep","36000"],"stdin":true,"targetContainerName":"a"}]}}""")).Is(200).Decoded<Pod>();
        Assert.Equal("File", Assert.Single(patched.Spec.EphemeralContainers).TerminationMessagePolicy);
        var running = await Until("joined", pod => pod.Status.EphemeralContainerStatuses.Find(status => status.Name == "debugger")?.State.Running is not null);
        Assert.Equal(("Running", 1), (running.Status.Phase, running.Status.EphemeralContainerStatuses.Count));
        Assert.StartsWith("virtual container debugger of busybox started on node-", (await _client.Get($"{Pods}/joined/log?container=debugger")).Is(200).Text);

        (await _client.Patch($"{Pods}/joined/ephemeralcontainers", "strategic-merge-patch+json", """{"spec":{"ephemeralContainers":[{"name":"short","image":"busybox","command":["false"]}]}}""")).Is(200);
        var ended = await Until("joined", pod => pod.Status.EphemeralContainerStatuses.Find(status => status.Name == "short")?.State.Terminated is not null);
        Assert.Equal(("Running", 1, 0), (ended.Status.Phase, ended.Status.EphemeralContainerStatuses[1].State.Terminated!.ExitCode, ended.Status.EphemeralContainerStatuses[1].RestartCount));
        Assert.Equal(2, (await _client.Get($"{Pods}/joined/ephemeralcontainers", ApiClient.Protobuf)).Is(200).Decoded<Pod>().Spec.EphemeralContainers.Count);
        (await _client.Delete($"{Pods}/joined", new DeleteOptions { GracePeriodSeconds = 0 })).Is(200);
    }

    [Theory]
    [InlineData("""[{"name":"a","image":"i"}]""", "Pod \"guests\" is invalid: spec.ephemeralContainers[0].name: Duplicate value: \"a\"")]
    [InlineData("""[{"name":"x"}]""", "Pod \"guests\" is invalid: spec.ephemeralContainers[0].image: Required value")]
    [InlineData("""[{"name":"x","image":"i","targetContainerName":"none"}]""", "Pod \"guests\" is invalid: spec.ephemeralContainers[0].targetContainerName: Not found: \"none\"")]
    [InlineData("""[{"name":"x","image":"i","ports":[{"containerPort":1}]}]""", "Pod \"guests\" is invalid: spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container")]
    [InlineData("""[{"name":"x","image":"i","resources":{"limits":{"cpu":"1"}}}]""", "Pod \"guests\" is invalid: spec.ephemeralContainers[0].resources: Forbidden: cannot be set for an Ephemeral Container")]
    public async Task An_ephemeral_container_that_does_not_fit_is_refused(string containers, string message)
    {
        await Waiting("guests");
        (await _client.Patch($"{Pods}/guests/ephemeralcontainers", "merge-patch+json", $$"""{"spec":{"ephemeralContainers":{{containers}} } }""")).IsRefused(422, "Invalid", message);
    }

    [Fact]
    public async Task Ephemeral_containers_come_through_their_own_door_and_stay()
    {
        await Waiting("hosts");
        Assert.StartsWith(
            "Pod \"hosts\" is invalid: spec: Forbidden: pod updates may not change fields other than",
            (await _client.Patch($"{Pods}/hosts", "merge-patch+json", """{"spec":{"ephemeralContainers":[{"name":"x","image":"i"}]}}""")).Is(422).Status.Message);
        (await _client.Patch($"{Pods}/hosts/ephemeralcontainers", "merge-patch+json", """{"spec":{"ephemeralContainers":[{"name":"x","image":"i"}]}}""")).Is(200);
        (await _client.Patch($"{Pods}/hosts/ephemeralcontainers", "merge-patch+json", """{"spec":{"ephemeralContainers":[]}}""")).IsRefused(
            422, "Invalid", "Pod \"hosts\" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers \"x\" may not be removed\n");
        (await _client.Post(Pods, """{"metadata":{"name":"born"},"spec":{"containers":[{"name":"a","image":"i"}],"ephemeralContainers":[{"name":"x","image":"i"}]}}""")).IsRefused(
            422, "Invalid", "Pod \"born\" is invalid: spec.ephemeralContainers: Forbidden: cannot be set on create");
    }

    [Theory]
    [InlineData("limitBytes=0", 422, "PodLogOptions \"logged\" is invalid: limitBytes: Invalid value: 0: must be greater than 0")]
    [InlineData("tailLines=-1", 422, "PodLogOptions \"logged\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("sinceSeconds=0", 422, "PodLogOptions \"logged\" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0")]
    [InlineData("sinceSeconds=5&sinceTime=2024-01-02T03:04:05Z", 422, "PodLogOptions \"logged\" is invalid: []: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified")]
    [InlineData("", 400, "a container name must be specified for pod logged, choose one of: [a b] or one of the init containers: [first]")]
    [InlineData("container=none", 400, "container none is not valid for pod logged")]
    [InlineData("container=a&previous=true", 200, "")]
    [InlineData("container=a&tailLines=0", 200, "")]
    public async Task A_log_that_cannot_be_read_is_refused_and_that_of_a_pod_without_a_node_is_empty(string query, int code, string text)
    {
        await _client.Post(Pods, """{"metadata":{"name":"logged"},"spec":{"schedulerName":"none","initContainers":[{"name":"first","image":"i"}],"containers":[{"name":"a","image":"i"},{"name":"b","image":"i"}]}}""");
        var answer = (await _client.Get($"{Pods}/logged/log?{query}")).Is(code);
        Assert.Equal(text, code == 200 ? answer.Text : answer.Status.Message);
    }

    [Theory]
    [InlineData("POST", "pods/none/exec?command=date", 404, "NotFound", "pods \"none\" not found")]
    [InlineData("POST", "pods/doors/exec?command=date", 400, "BadRequest", "pod doors does not have a host assigned")]
    [InlineData("GET", "pods/doors/exec?command=date&container=none", 400, "BadRequest", "container none is not valid for pod doors")]
    [InlineData("POST", "pods/doors/attach", 400, "BadRequest", "pod doors does not have a host assigned")]
    [InlineData("POST", "pods/doors/portforward", 400, "BadRequest", "pod doors does not have a host assigned")]
    [InlineData("GET", "pods/doors/proxy/a/b/c", 400, "BadRequest", "address not allowed")]
    [InlineData("GET", "pods/none/proxy", 404, "NotFound", "pods \"none\" not found")]
    [InlineData("GET", "services/none/proxy", 404, "NotFound", "services \"none\" not found")]
    [InlineData("GET", "services/http:doors:80/proxy/x", 503, "ServiceUnavailable", "no endpoints available for service \"http:doors:80\"")]
    [InlineData("GET", "services/doors:99/proxy/", 503, "ServiceUnavailable", "no service port \"99\" found for service \"doors\"")]
    [InlineData("GET", "services/a:b:c:d/proxy/", 400, "BadRequest", "invalid service request \"a:b:c:d\"")]
    public async Task Behind_a_door_there_must_be_something(string method, string path, int code, string reason, string message)
    {
        await Waiting("doors");
        await _client.Post("/api/v1/namespaces/default/services", """{"metadata":{"name":"doors"},"spec":{"ports":[{"port":80}],"selector":{"no":"body"}}}""");
        (await _client.Send(new HttpMethod(method), $"/api/v1/namespaces/default/{path}", null, null, ApiClient.Json)).IsRefused(code, reason, message);
    }

    [Fact]
    public async Task Where_a_container_runs_it_says_that_it_is_virtual()
    {
        await Running("virtual");
        (await _client.Send(HttpMethod.Post, $"{Pods}/virtual/exec?command=date", null, null, ApiClient.Json)).IsRefused(
            501, "NotImplemented", "exec is not possible in pod virtual: its containers are virtual and run no program");
        (await _client.Get($"{Pods}/virtual/portforward")).Is(501);
        (await _client.Get($"{Pods}/virtual/proxy/")).Is(503);
        (await _client.Get("/api/v1/nodes/node-1/proxy/stats/summary")).Is(503);
        (await _client.Delete($"{Pods}/virtual", new DeleteOptions { GracePeriodSeconds = 0 })).Is(200);
    }

    private Task<Answer> Waiting(string name) =>
        _client.Post(Pods, $$"""{"metadata":{"name":"{{name}}"},"spec":{"schedulerName":"none","containers":[{"name":"a","image":"i"}]} }""");

    private async Task<Pod> Running(string name)
    {
        (await _client.Post(Pods, $$"""{"metadata":{"name":"{{name}}"},"spec":{"containers":[{"name":"a","image":"i"}]} }""")).Is(201);
        return await Until(name, pod => pod.Status.Phase == "Running");
    }

    private async Task<Pod> Until(string name, Func<Pod, bool> isSo)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            var pod = (await _client.Get($"{Pods}/{name}", ApiClient.Protobuf)).Is(200).Decoded<Pod>();
            if (isSo(pod)) return pod;
            Assert.True(DateTime.UtcNow < end, pod.ToString());
            await Task.Delay(50);
        }
    }
}
