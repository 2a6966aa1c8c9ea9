using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>What may change in a pod once it exists. Source: pkg/apis/core/validation/validation.go ValidatePodUpdate, ValidatePodStatusUpdate.</summary>
internal static class PodUpdateValidation
{
    private const string MayChange =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Pod pod, Pod old)
    {
        var spec = pod.Spec;
        var before = old.Spec;
        PodValidation.Spec(errors, Path, spec);
        if (spec.Containers.Count != before.Containers.Count)
        {
            errors.Add(FieldError.Forbidden(Path.Child("containers"), "pod updates may not add or remove containers"));
            return;
        }

        if (spec.InitContainers.Count != before.InitContainers.Count)
        {
            errors.Add(FieldError.Forbidden(Path.Child("initContainers"), "pod updates may not add or remove containers"));
            return;
        }

        Deadline(errors, spec.ActiveDeadlineSeconds, before.ActiveDeadlineSeconds);
        Tolerations(errors, spec.Tolerations, before.Tolerations);
        Gates(errors, spec.SchedulingGates, before.SchedulingGates);

        // Put back all that may change: what still differs may not.
        var gated = !before.SchedulingGates.IsEmpty;
        var rest = spec with
        {
            Containers = WithImagesOf(spec.Containers, before.Containers),
            InitContainers = WithImagesOf(spec.InitContainers, before.InitContainers),
            ActiveDeadlineSeconds = before.ActiveDeadlineSeconds,
            Tolerations = before.Tolerations,
            SchedulingGates = before.SchedulingGates,
            NodeSelector = gated && before.NodeSelector.All(e => spec.NodeSelector.GetValueOrDefault(e.Key) == e.Value) ? before.NodeSelector : spec.NodeSelector,
            Affinity = gated && before.Affinity is null ? null : spec.Affinity,
            TerminationGracePeriodSeconds = before.TerminationGracePeriodSeconds < 0 && spec.TerminationGracePeriodSeconds == 1
                ? before.TerminationGracePeriodSeconds : spec.TerminationGracePeriodSeconds,
        };
        if (rest != before) errors.Add(FieldError.Forbidden(Path, MayChange));
    }

    public static void ValidateStatus(List<FieldError> errors, Pod pod, Pod old)
    {
        var path = FieldPath.Of("status");
        if (!string.Equals(pod.Spec.NodeName ?? "", old.Spec.NodeName ?? "", StringComparison.Ordinal))
        {
            errors.Add(FieldError.Forbidden(path.Child("nodeName"), "may not be changed directly"));
        }

        if (!pod.Status.NominatedNodeName.IsBlank())
        {
            Checks.All(errors, path.Child("nominatedNodeName"), pod.Status.NominatedNodeName, NameRules.DnsSubdomain(pod.Status.NominatedNodeName!));
        }

        if (old.Status.QosClass is { Length: > 0 } qos && pod.Status.QosClass is { Length: > 0 } now && now != qos)
        {
            errors.Add(FieldError.Invalid(path.Child("qosClass"), now, Checks.Immutable));
        }

        // A container that ended stays ended where its policy says so.
        if (old.Spec.RestartPolicy == "Always") return;
        for (var i = 0; i < pod.Status.ContainerStatuses.Count; i++)
        {
            var status = pod.Status.ContainerStatuses[i];
            var before = old.Status.ContainerStatuses.Find(s => string.Equals(s.Name, status.Name, StringComparison.Ordinal));
            if (before?.State.Terminated is not { } ended || status.State.Terminated is not null) continue;
            if (old.Spec.RestartPolicy == "Never" || ended.ExitCode == 0)
            {
                errors.Add(FieldError.Forbidden(path.Child("containerStatuses").Index(i).Child("state"), "may not be transitioned to non-terminated state"));
            }
        }
    }

    private static ValueList<Container> WithImagesOf(ValueList<Container> containers, ValueList<Container> before)
    {
        var items = new Container[containers.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = string.Equals(containers[i].Image, before[i].Image, StringComparison.Ordinal) ? containers[i] : containers[i] with { Image = before[i].Image };
        }

        return ValueList<Container>.Wrap(items);
    }

    private static void Deadline(List<FieldError> errors, long? seconds, long? before)
    {
        var path = Path.Child("activeDeadlineSeconds");
        if (seconds is { } now)
        {
            if (now is < 0 or > int.MaxValue) errors.Add(FieldError.Invalid(path, now, "must be between 0 and 2147483647, inclusive"));
            else if (before < now) errors.Add(FieldError.Invalid(path, now, "must be less than or equal to previous value"));
        }
        else if (before is not null)
        {
            errors.Add(FieldError.InvalidGo(path, "null", "must not update from a positive integer to nil value"));
        }
    }

    private static void Tolerations(List<FieldError> errors, ValueList<Toleration> tolerations, ValueList<Toleration> before)
    {
        foreach (var old in before)
        {
            if (tolerations.Find(t => t with { TolerationSeconds = old.TolerationSeconds } == old) is null)
            {
                errors.Add(FieldError.Forbidden(Path.Child("tolerations"), "existing toleration can not be modified except its tolerationSeconds"));
            }
        }
    }

    private static void Gates(List<FieldError> errors, ValueList<PodSchedulingGate> gates, ValueList<PodSchedulingGate> before)
    {
        foreach (var gate in gates)
        {
            if (!before.Contains(gate)) errors.Add(FieldError.Forbidden(Path.Child("schedulingGates"), "only deletion is allowed, but found new scheduling gate '" + gate.Name + "'"));
        }
    }
}
