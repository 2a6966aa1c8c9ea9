using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Scenarios;

/// <summary>The objects that scenarios are made of.</summary>
internal static class Workloads
{
    public const string ContainerName = "server";

    public static Deployment Deployment(string name, int replicas, string cpu = "250m", string memory = "128Mi", string image = "nginx:1.27") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Spec = new DeploymentSpec
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = ValueMap<string>.Empty.With("app", name) },
            Template = new PodTemplateSpec
            {
                Metadata = new ObjectMeta { Labels = ValueMap<string>.Empty.With("app", name) },
                Spec = Pod(cpu, memory, image),
            },
        },
    };

    public static Pod Pod(string name, PodSpec? spec = null) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default", Labels = ValueMap<string>.Empty.With("app", name) },
        Spec = spec ?? Pod("250m", "128Mi"),
    };

    public static PodSpec Pod(string cpu, string memory, string image = "nginx:1.27") => new()
    {
        Containers =
        [
            new Container
            {
                Name = ContainerName,
                Image = image,
                Resources = new ResourceRequirements
                {
                    Requests = ValueMap<Quantity>.Empty.With("cpu", Quantity.Parse(cpu)).With("memory", Quantity.Parse(memory)),
                },
            },
        ],
    };

    /// <summary>A pod whose one container runs a shell script such as <c>sleep 5; exit 1</c>.</summary>
    public static Pod Script(string name, string script, string? restartPolicy = null) => Pod(name, new PodSpec
    {
        RestartPolicy = restartPolicy,
        Containers = [new Container { Name = ContainerName, Image = "busybox:1.36", Command = ["sh", "-c", script] }],
    });
}
