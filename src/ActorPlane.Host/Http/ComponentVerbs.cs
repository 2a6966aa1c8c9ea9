using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ControllerManager;
using ActorPlane.Scheduler;

namespace ActorPlane.Host.Http;

/// <summary>
/// get and list of ComponentStatuses, which are not stored: the scheduler, the controller manager and the store are looked at.
/// One that was turned off is as unhealthy as one that does not listen. (<c>pkg/registry/core/componentstatus/rest.go</c>.)
/// </summary>
internal sealed class ComponentVerbs(HttpGatewayClient client)
{
    /// <summary>Whether a resource is this one.</summary>
    public static bool Are(ResourceInfo info) => info is { Plural: "componentstatuses", Gvk.Group: "" };

    /// <summary>GET of one.</summary>
    public Task Get(ApiRequest request) => Answers.Object(
        request, All().Find(item => item.Metadata.Name == request.Path.Name) ?? throw new StatusException(ApiErrors.NotFound(request.Path.Info.Gvr, request.Path.Name!)), client.Now);

    /// <summary>GET of all.</summary>
    public Task List(ApiRequest request)
    {
        var selector = request.Selector();
        return Answers.List(request, [.. All().Where(selector.Matches)], ListMeta.Empty, client.Now);
    }

    private List<ComponentStatus> All() =>
    [
        Of("controller-manager", !ControllerSettings.Read(client.Config).Controllers.IsNone, 10257),
        Of("scheduler", SchedulerSettings.Read(client.Config).Enabled, 10259),
        Of("etcd-0", true, 2379),
    ];

    private static ComponentStatus Of(string name, bool isRunning, int port) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        Conditions =
        [
            isRunning
                ? new ComponentCondition { Type = "Healthy", Status = "True", Message = "ok" }
                : new ComponentCondition
                {
                    Type = "Healthy", Status = "False", Message = $"Get \"https://127.0.0.1:{port}/healthz\": dial tcp 127.0.0.1:{port}: connect: connection refused",
                },
        ],
    };
}
