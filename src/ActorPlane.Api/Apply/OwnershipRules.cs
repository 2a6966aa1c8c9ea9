using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>
/// What the entries in brief cannot tell: fields that the API server itself sets after it has noted who writes, and so nobody owns
/// (admission plugins and strategies run later, a binding notes nobody), and the shares of those who write the same part.
/// </summary>
internal static class OwnershipRules
{
    private const string ControllerManager = "kube-controller-manager";
    private const string Scheduler = "kube-scheduler";
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    private const string Scheduled = """k:{"type":"PodScheduled"}""";

    private static readonly FieldSet NamespaceByServer = FieldSet.OfPaths(["spec.finalizers", "status.phase"]);
    private static readonly FieldSet ServiceByServer = FieldSet.OfPaths(["spec.clusterIPs", "spec.ipFamilies", "status"]);
    private static readonly FieldSet NodeOfControllers = FieldSet.OfPaths(["spec.taints", "spec.podCIDR", "spec.podCIDRs"]);
    private static readonly FieldSet DeletionMark = FieldSet.OfPaths(["metadata.deletionTimestamp", "metadata.deletionGracePeriodSeconds"]);
    private static readonly FieldSet Annotations = FieldSet.OfPaths(["metadata.annotations"]);
    private static readonly FieldSet DeploymentOfController = Set("""{"f:metadata":{"f:annotations":{"f:deployment.kubernetes.io/revision":{}}}}""");
    private static readonly FieldSet PodOfScheduler = Set("""{"f:status":{"f:conditions":{"k:{\"type\":\"PodScheduled\"}":{}},"f:nominatedNodeName":{}}}""");
    private static readonly FieldSet PodConditions = FieldSet.OfPaths(["status.conditions"]);
    private static readonly FieldSet PodOfControllers = Set("""{"f:status":{"f:conditions":{"k:{\"type\":\"DisruptionTarget\"}":{}}}}""");

    /// <summary>Fields of list elements whose values are looked at here, besides the keys of their lists.</summary>
    public static readonly ValueList<string> ValuesOfElements = ["effect", "key", "mountPath", "name", "operator", "reason", "type"];

    /// <summary>Whether the value of a field elsewhere is looked at.</summary>
    public static bool IsValueThatCounts(ReadOnlySpan<char> name) => name is "phase";

    /// <summary>The volume of a pod's token; null when there is none. Nobody owns what bears its name, which is each pod's own.</summary>
    public static string? TokenOf(IKubeObject item) =>
        (item as Pod)?.Spec.Volumes.Find(static volume => volume.Name?.StartsWith("kube-api-access-", StringComparison.Ordinal) == true)?.Name;

    /// <summary>What nobody owns, with all below.</summary>
    public static FieldSet OfNobody(IKubeObject item, ValueList<ManagedFieldsEntry> owners) =>
        item.Metadata.DeletionTimestamp is null ? SetByServer(item, owners) : SetByServer(item, owners).Union(DeletionMark);

    private static FieldSet SetByServer(IKubeObject item, ValueList<ManagedFieldsEntry> owners) => item switch
    {
        Pod pod => PodByServer(pod, owners),
        Namespace => NamespaceByServer,
        Service => ServiceByServer,
        _ => FieldSet.Empty,
    };

    /// <summary>The fields, with all below, that are this writer's although another one wrote the part first; null for none.</summary>
    public static FieldSet? ShareOf(IKubeObject item, ManagedFieldsEntry entry) => (item, entry.Manager, entry.Subresource) switch
    {
        (Node, ControllerManager, null) => NodeOfControllers,
        (Node node, ControllerManager, "status") => UnknownConditions(node),
        (Pod, Scheduler, "status") => PodOfScheduler,
        (Pod, ControllerManager, "status") => PodOfControllers,
        (Deployment deployment, ControllerManager, "status") => deployment.Metadata.Annotations is { Count: 1 } only && only.ContainsKey(RevisionAnnotation) ? Annotations : DeploymentOfController,
        _ => null,
    };

    /// <summary>What nobody owns although somebody may own fields below: the conditions of a pod began with its binding.</summary>
    public static FieldSet OfNobodyThemselves(IKubeObject item, ValueList<ManagedFieldsEntry> owners) =>
        item is Pod && !HasScheduler(owners) ? PodConditions : FieldSet.Empty;

    private static bool HasScheduler(ValueList<ManagedFieldsEntry> owners) => owners.FindIndex(static entry => entry is { Manager: Scheduler, Subresource: "status" }) >= 0;

    private static FieldSet PodByServer(Pod pod, ValueList<ManagedFieldsEntry> owners)
    {
        var set = new FieldSet.Builder();
        var (spec, status) = (set.At("f:spec"), set.At("f:status"));
        spec.Add("f:nodeName");
        spec.Add("f:priority");
        spec.Add("f:preemptionPolicy");
        if (pod.Spec.Tolerations.RemoveAll(static toleration => toleration is
            {
                Key: "node.kubernetes.io/not-ready" or "node.kubernetes.io/unreachable", Operator: "Exists", Effect: "NoExecute",
            }).IsEmpty)
        {
            spec.Add("f:tolerations");
        }

        if (TokenOf(pod) is { } token)
        {
            spec.Add("f:serviceAccount");
            spec.Add("f:serviceAccountName");
            if (pod.Spec.Volumes.Count == 1) spec.Add("f:volumes");
            else spec.At("f:volumes").Add($$"""k:{"name":{{JsonValue.Of(token)}}}""");
            ExceptMounts(spec.At("f:containers"), pod.Spec.Containers, token);
            ExceptMounts(spec.At("f:initContainers"), pod.Spec.InitContainers, token);
        }

        status.Add("f:qosClass");
        if (pod.Status.Phase == "Pending") status.Add("f:phase");
        if (!HasScheduler(owners)) status.At("f:conditions").Add(Scheduled);
        return set.Build();
    }

    private static void ExceptMounts(FieldSet.Builder set, ValueList<Container> containers, string volume)
    {
        foreach (var container in containers)
        {
            var own = set.At($$"""k:{"name":{{JsonValue.Of(container.Name ?? "")}}}""");
            if (container.VolumeMounts.Count == 1 && container.VolumeMounts[0].Name == volume) own.Add("f:volumeMounts");
            foreach (var mount in container.VolumeMounts)
            {
                if (mount.Name == volume) own.At("f:volumeMounts").Add($$"""k:{"mountPath":{{JsonValue.Of(mount.MountPath ?? "")}}}""");
            }
        }
    }

    private static FieldSet UnknownConditions(Node node)
    {
        var set = new FieldSet.Builder();
        var conditions = set.At("f:status").At("f:conditions");
        foreach (var condition in node.Status.Conditions)
        {
            if (condition.Reason is "NodeStatusUnknown" or "NodeStatusNeverUpdated") conditions.Add($$"""k:{"type":{{JsonValue.Of(condition.Type ?? "")}}}""");
        }

        return set.Build();
    }

    private static FieldSet Set(string json) => FieldSet.FromJson(JsonValue.Parse(json));
}
