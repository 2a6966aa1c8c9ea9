using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Kubelet;

/// <summary>
/// The conditions that a kubelet sets on a pod. Source: <c>pkg/kubelet/status/generate.go</c>. Conditions of other
/// writers (PodScheduled, DisruptionTarget, readiness gates) stay.
/// </summary>
public static class PodConditions
{
    /// <summary>The sandbox and its network are there.</summary>
    public const string PodReadyToStartContainers = "PodReadyToStartContainers";

    /// <summary>The init containers are done.</summary>
    public const string Initialized = "Initialized";

    /// <summary>All containers are ready.</summary>
    public const string ContainersReady = "ContainersReady";

    /// <summary>All containers and all readiness gates are ready.</summary>
    public const string Ready = "Ready";

    private const string True = "True";
    private const string False = "False";

    private static ValueList<PodCondition> _recent = ValueList<PodCondition>.Empty;

    /// <summary>The kubelet's conditions, then those of others. One that stays as it was keeps its transition time.</summary>
    /// <param name="before">The pod's conditions so far.</param>
    /// <param name="hasSandbox">Whether the pod has its network.</param>
    public static ValueList<PodCondition> Of(
        PodSpec spec,
        string phase,
        bool hasSandbox,
        ValueList<ContainerStatus> init,
        ValueList<ContainerStatus> containers,
        ValueList<PodCondition> before,
        DateTimeOffset now)
    {
        var others = 0;
        foreach (var condition in before.AsSpan())
        {
            if (!IsOurs(condition.Type)) others++;
        }

        var result = new PodCondition[4 + others];
        var containersReady = AllReady(spec, phase, init, containers);
        result[0] = At(before, now, new Finding(PodReadyToStartContainers, hasSandbox, null, null));
        result[1] = At(before, now, AllInitialized(spec, phase, init, containers));
        result[2] = At(before, now, PodReady(spec, containersReady, before));
        result[3] = At(before, now, containersReady);
        var next = 4;
        foreach (var condition in before.AsSpan())
        {
            if (!IsOurs(condition.Type)) result[next++] = condition;
        }

        return Shared([.. result]);
    }

    /// <summary>
    /// Pods that start within one second have equal conditions, half a kilobyte each: they share them. Which of two equal
    /// lists is kept shows nowhere.
    /// </summary>
    private static ValueList<PodCondition> Shared(ValueList<PodCondition> conditions)
    {
        var recent = Volatile.Read(ref _recent);
        if (recent == conditions) return recent;
        Volatile.Write(ref _recent, conditions);
        return conditions;
    }

    private static bool IsOurs(string? type) => type is PodReadyToStartContainers or Initialized or ContainersReady or Ready;

    private static Finding AllReady(PodSpec spec, string phase, ValueList<ContainerStatus> init, ValueList<ContainerStatus> containers)
    {
        if (phase == PodPhases.Succeeded) return new Finding(ContainersReady, false, "PodCompleted", null);
        if (phase == PodPhases.Failed) return new Finding(ContainersReady, false, "PodFailed", null);
        List<string>? unready = null;
        for (var i = 0; i < init.Count; i++)
        {
            if (spec.InitContainers[i].IsSidecar() && init[i].Ready != true) (unready ??= []).Add(init[i].Name ?? "");
        }

        foreach (var container in containers.AsSpan())
        {
            if (container.Ready != true) (unready ??= []).Add(container.Name ?? "");
        }

        return unready is null
            ? new Finding(ContainersReady, true, null, null)
            : new Finding(ContainersReady, false, "ContainersNotReady", $"containers with unready status: [{string.Join(' ', unready)}]");
    }

    private static Finding PodReady(PodSpec spec, Finding containersReady, ValueList<PodCondition> conditions)
    {
        if (!containersReady.Holds) return containersReady with { Type = Ready };
        List<string>? problems = null;
        foreach (var gate in spec.ReadinessGates.AsSpan())
        {
            var condition = conditions.Find(candidate => candidate.Type == gate.ConditionType);
            if (condition is null) (problems ??= []).Add($"corresponding condition of pod readiness gate \"{gate.ConditionType}\" does not exist.");
            else if (condition.Status != True) (problems ??= []).Add($"the status of pod readiness gate \"{gate.ConditionType}\" is not \"True\", but {condition.Status}");
        }

        return problems is null
            ? new Finding(Ready, true, null, null)
            : new Finding(Ready, false, "ReadinessGatesNotReady", string.Join(", ", problems));
    }

    private static Finding AllInitialized(PodSpec spec, string phase, ValueList<ContainerStatus> init, ValueList<ContainerStatus> containers)
    {
        // Once a container was started the pod was initialized, whatever its init containers look like now.
        foreach (var container in containers.AsSpan())
        {
            if (phase != PodPhases.Succeeded && (container.State.Waiting is null || container.LastState.Terminated is not null)) return new Finding(Initialized, true, null, null);
        }

        if (phase == PodPhases.Succeeded) return new Finding(Initialized, true, "PodCompleted", null);
        List<string>? incomplete = null;
        for (var i = 0; i < init.Count; i++)
        {
            var isComplete = spec.InitContainers[i].IsSidecar() ? init[i].Started == true : init[i].Ready == true;
            if (!isComplete) (incomplete ??= []).Add(init[i].Name ?? "");
        }

        return incomplete is null
            ? new Finding(Initialized, true, null, null)
            : new Finding(Initialized, false, "ContainersNotInitialized", $"containers with incomplete status: [{string.Join(' ', incomplete)}]");
    }

    private static PodCondition At(ValueList<PodCondition> before, DateTimeOffset now, Finding finding)
    {
        var status = finding.Holds ? True : False;
        PodCondition? old = null;
        foreach (var condition in before.AsSpan())
        {
            if (condition.Type == finding.Type) old = condition;
        }

        if (old is not null && old.Status == status && old.Reason == finding.Reason && old.Message == finding.Message) return old;
        return new PodCondition
        {
            Type = finding.Type,
            Status = status,
            Reason = finding.Reason,
            Message = finding.Message,
            LastTransitionTime = old?.Status == status ? old.LastTransitionTime : now,
        };
    }

    private readonly record struct Finding(string Type, bool Holds, string? Reason, string? Message);
}
