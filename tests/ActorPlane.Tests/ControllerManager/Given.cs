using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ControllerManager;

namespace ActorPlane.Tests.ControllerManager;

/// <summary>Objects as the controllers' tests need them.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly ValueMap<string> Web = Labels(("app", "web"));

    public static Pod Pod(
        string name, string? node = "n", string phase = "Running", bool ready = true, TimeSpan? readyFor = null, TimeSpan? age = null,
        int restarts = 0, int? cost = null, IKubeObject? owner = null, ValueMap<string>? labels = null, bool deleting = false) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = "default",
            Uid = "uid-" + name,
            Labels = labels ?? Web,
            CreationTimestamp = Now - (age ?? TimeSpan.FromHours(1)),
            DeletionTimestamp = deleting ? Now : null,
            Annotations = cost is { } number ? Labels(("controller.kubernetes.io/pod-deletion-cost", number.ToString())) : ValueMap<string>.Empty,
            OwnerReferences = owner is null ? [] : [Owners.ControllerReference(owner)],
        },
        Spec = new PodSpec { NodeName = node },
        Status = new PodStatus
        {
            Phase = phase,
            Conditions = [new PodCondition { Type = "Ready", Status = ready ? "True" : "False", LastTransitionTime = Now - (readyFor ?? TimeSpan.FromMinutes(10)) }],
            ContainerStatuses = [new ContainerStatus { Name = "main", RestartCount = restarts }],
        },
    };

    public static ReplicaSet Set(string name, int replicas = 3, ValueMap<string>? labels = null, IKubeObject? owner = null, PodTemplateSpec? template = null) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default", Uid = "uid-" + name, OwnerReferences = owner is null ? [] : [Owners.ControllerReference(owner)] },
        Spec = new ReplicaSetSpec
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = labels ?? Web },
            Template = template ?? Template(),
        },
    };

    public static PodTemplateSpec Template(string image = "nginx:1") => new()
    {
        Metadata = new ObjectMeta { Labels = Web },
        Spec = new PodSpec { Containers = [new Container { Name = "main", Image = image }] },
    };

    public static Deployment Deployment(int replicas = 3, string image = "nginx:1", IntOrString? surge = null, IntOrString? unavailable = null) => new()
    {
        Metadata = new ObjectMeta { Name = "web", Namespace = "default", Uid = "uid-web", Generation = 1 },
        Spec = new DeploymentSpec
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = Web },
            Template = Template(image),
            RevisionHistoryLimit = 10,
            ProgressDeadlineSeconds = 600,
            Strategy = new DeploymentStrategy
            {
                Type = "RollingUpdate",
                RollingUpdate = new RollingUpdateDeployment { MaxSurge = surge ?? "25%", MaxUnavailable = unavailable ?? "25%" },
            },
        },
    };

    public static ValueMap<string> Labels(params (string Key, string Value)[] labels) =>
        ValueMap<string>.From(labels.Select(label => KeyValuePair.Create(label.Key, label.Value)));
}
