using System.Diagnostics.CodeAnalysis;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Scheduling.V1;
using ActorPlane.ControllerManager.Nodes;

namespace ActorPlane.ApiServer;

/// <summary>
/// What admission adds to a new pod: its account (<see cref="ServiceAccountAdmission"/>), its limits
/// (<see cref="LimitRanger"/>), its priority (<c>plugin/pkg/admission/priority/admission.go</c>), how long it
/// stays on a node that is lost (<c>plugin/pkg/admission/defaulttolerationseconds/admission.go</c>) and what its
/// runtime class asks for (<see cref="RuntimeClassAdmission"/>).
/// </summary>
public static class PodAdmission
{
    private static readonly GroupVersionResource Pods = new("", "v1", "pods");

    internal const string PriorityClasses = "priorityclasses.scheduling.k8s.io";

    // Known to every cluster, even before its priority classes are stored (pkg/apis/scheduling/types.go).
    internal const string SystemClusterCriticalName = "system-cluster-critical";
    internal const string SystemNodeCriticalName = "system-node-critical";
    internal const int SystemClusterCritical = 2_000_000_000;
    internal const int SystemNodeCritical = SystemClusterCritical + 1000;

    /// <summary>Whether a priority class is one that every cluster has, and that stays.</summary>
    public static bool IsSystemPriority(string name) => name is SystemClusterCriticalName or SystemNodeCriticalName;

    /// <summary>The pod with its priority and tolerations, or why it is refused.</summary>
    public static bool TryAdmit(Pod pod, WriteContext context, [NotNullWhen(true)] out Pod? admitted, [NotNullWhen(false)] out Status? refusal)
    {
        admitted = null;
        if (context.Plugins.ServiceAccount)
        {
            if (!ServiceAccountAdmission.TryAdmit(pod, context, out var withAccount, out refusal)) return false;
            pod = withAccount;
        }

        if (context.Plugins.LimitRanger)
        {
            if (!LimitRanger.TryAdmit(pod, context.Objects, out var withLimits, out refusal)) return false;
            pod = withLimits;
        }

        var spec = pod.Spec;
        if (!TryResolvePriority(spec, context.Objects, out var className, out var priority, out var preemption))
        {
            refusal = ApiErrors.Forbidden(Pods, pod.Metadata.Name!, $"no PriorityClass with name {spec.PriorityClassName} was found");
            return false;
        }

        if (spec.Priority is { } given && given != priority)
        {
            refusal = ApiErrors.Forbidden(
                Pods, pod.Metadata.Name!, $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name");
            return false;
        }

        pod = pod with
        {
            Spec = spec with
            {
                PriorityClassName = className,
                Priority = priority,
                PreemptionPolicy = spec.PreemptionPolicy ?? preemption,
                Tolerations = context.Plugins.DefaultTolerationSeconds ? WithDefaults(spec.Tolerations, context.DefaultTolerationSeconds) : spec.Tolerations,
            },
        };
        return RuntimeClassAdmission.TryAdmit(pod, context.Objects, out admitted, out refusal);
    }

    /// <summary>A changed pod, with what it need not repeat: its priority, and the tolerations that every pod has.</summary>
    public static Pod Updated(Pod item, Pod before, WriteContext context) => item with
    {
        Spec = item.Spec with
        {
            Priority = item.Spec.Priority ?? before.Spec.Priority,
            PreemptionPolicy = item.Spec.PreemptionPolicy ?? before.Spec.PreemptionPolicy,
            Tolerations = context.Plugins.DefaultTolerationSeconds ? WithDefaults(item.Spec.Tolerations, context.DefaultTolerationSeconds) : item.Spec.Tolerations,
        },
    };

    /// <summary>Why a priority class may not be the default, or null.</summary>
    public static string? OtherDefault(string name, bool isNew, WriteContext context) =>
        DefaultClass(context.Objects) is { } best && (isNew || best.Metadata.Name != name)
            ? $"PriorityClass {best.Metadata.Name} is already marked as default. Only one default can exist"
            : null;

    /// <summary>The tolerations, with one for a node that is not ready and one for a node that is unreachable unless there are such.</summary>
    public static ValueList<Toleration> WithDefaults(ValueList<Toleration> tolerations, long seconds)
    {
        foreach (var key in (ReadOnlySpan<string>)[NodeTaints.NotReady, NodeTaints.Unreachable])
        {
            if (tolerations.FindIndex(toleration => Covers(toleration, key)) >= 0) continue;
            tolerations = tolerations.Add(new Toleration { Key = key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = seconds });
        }

        return tolerations;
    }

    private static bool Covers(Toleration toleration, string key) =>
        (toleration.Key == key || string.IsNullOrEmpty(toleration.Key))
        && (toleration.Effect == "NoExecute" || string.IsNullOrEmpty(toleration.Effect));

    private static bool TryResolvePriority(PodSpec spec, IObjectReader objects, out string? className, out int priority, out string preemption)
    {
        (className, priority, preemption) = (spec.PriorityClassName, 0, "PreemptLowerPriority");
        if (!string.IsNullOrEmpty(className))
        {
            if (objects.Find(PriorityClasses, "", className) is PriorityClass named)
            {
                (priority, preemption) = (named.Value ?? 0, named.PreemptionPolicy ?? preemption);
                return true;
            }

            if (className == SystemClusterCriticalName) priority = SystemClusterCritical;
            else if (className == SystemNodeCriticalName) priority = SystemNodeCritical;
            else return false;
            return true;
        }

        if (DefaultClass(objects) is { } best) (className, priority, preemption) = (best.Metadata.Name, best.Value ?? 0, best.PreemptionPolicy ?? preemption);
        return true;
    }

    // Of several global defaults the lowest counts, then the first by name.
    private static PriorityClass? DefaultClass(IObjectReader objects)
    {
        PriorityClass? best = null;
        foreach (var item in objects.All(PriorityClasses))
        {
            if (item is PriorityClass { GlobalDefault: true } candidate && (best is null || (candidate.Value ?? 0) < (best.Value ?? 0))) best = candidate;
        }

        return best;
    }
}
