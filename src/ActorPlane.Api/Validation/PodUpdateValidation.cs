using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>What may change in a pod once it exists. Source: pkg/apis/core/validation/validation.go ValidatePodUpdate, ValidatePodStatusUpdate.</summary>
internal static class PodUpdateValidation
{
    private const string MayChange =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const string AppArmorPrefix = "container.apparmor.security.beta.kubernetes.io/";
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Pod pod, Pod old)
    {
        var (spec, before) = (pod.Spec, old.Spec);
        PodValidation.Content(errors, pod);
        Annotations(errors, pod, old);
        if (!Images(errors, Path.Child("containers"), spec.Containers, before.Containers)) return;
        if (!Images(errors, Path.Child("initContainers"), spec.InitContainers, before.InitContainers)) return;
        if (!Deadline(errors, spec.ActiveDeadlineSeconds, before.ActiveDeadlineSeconds)) return;
        Tolerations(errors, spec.Tolerations, before.Tolerations);
        Gates(errors, spec.SchedulingGates, before.SchedulingGates);
        if (spec == before) return;

        // Put back all that may change: what still differs may not.
        var rest = spec with
        {
            Containers = WithImagesOf(spec.Containers, before.Containers),
            InitContainers = WithImagesOf(spec.InitContainers, before.InitContainers),
            ActiveDeadlineSeconds = before.ActiveDeadlineSeconds,
            Tolerations = before.Tolerations,
            SchedulingGates = before.SchedulingGates,
            TerminationGracePeriodSeconds = before.TerminationGracePeriodSeconds < 0 && spec.TerminationGracePeriodSeconds == 1
                ? before.TerminationGracePeriodSeconds : spec.TerminationGracePeriodSeconds,
        };
        if (!before.SchedulingGates.IsEmpty) rest = WithPlaceOf(errors, rest, before);
        if (rest != before) errors.Add(FieldError.Forbidden(Path, MayChange));
    }

    public static void ValidateStatus(List<FieldError> errors, Pod pod, Pod old)
    {
        var path = FieldPath.Of("status");
        Annotations(errors, pod, old);
        for (var i = 0; i < pod.Status.Conditions.Count; i++)
        {
            var type = pod.Status.Conditions[i].Type ?? "";
            if (type is not ("PodScheduled" or "Ready" or "Initialized"))
                Checks.All(errors, FieldPath.Of("metadata", "conditions").Index(i).Child("Type"), type, NameRules.QualifiedName(type));
        }

        if (!string.Equals(pod.Spec.NodeName ?? "", old.Spec.NodeName ?? "", StringComparison.Ordinal))
            errors.Add(FieldError.Forbidden(path.Child("nodeName"), "may not be changed directly"));
        if (!pod.Status.NominatedNodeName.IsBlank() && pod.Status.NominatedNodeName != old.Status.NominatedNodeName)
            Checks.All(errors, path.Child("nominatedNodeName"), pod.Status.NominatedNodeName, NameRules.DnsSubdomain(pod.Status.NominatedNodeName!));
        if (old.Status.QosClass is { Length: > 0 } qos && pod.Status.QosClass is { Length: > 0 } now && now != qos)
            errors.Add(FieldError.Invalid(path.Child("qosClass"), now, Checks.Immutable));

        // A container that ended stays ended where its policy says so; a sidecar has a policy of its own, and an ephemeral one never starts again.
        var policy = old.Spec.RestartPolicy;
        var sidecars = old.Spec.InitContainers.Where(container => container.RestartPolicy == "Always").Select(container => container.Name).ToList();
        Transitions(errors, path.Child("containerStatuses"), pod.Status.ContainerStatuses, old.Status.ContainerStatuses, policy);
        Transitions(errors, path.Child("initContainerStatuses"), pod.Status.InitContainerStatuses, [.. old.Status.InitContainerStatuses.Where(status => !sidecars.Contains(status.Name))], policy);
        Transitions(errors, path.Child("ephemeralContainerStatuses"), pod.Status.EphemeralContainerStatuses, old.Status.EphemeralContainerStatuses, "Never");
    }

    private static void Transitions(List<FieldError> errors, FieldPath path, ValueList<ContainerStatus> statuses, ValueList<ContainerStatus> before, string? policy)
    {
        if (policy == "Always") return;
        for (var i = 0; i < before.Count; i++)
        {
            if (before[i].State.Terminated is not { } ended || (policy == "OnFailure" && ended.ExitCode != 0)) continue;
            if (statuses.Any(status => status.Name == before[i].Name && status.State.Terminated is null))
                errors.Add(FieldError.Forbidden(path.Index(i).Child("state"), "may not be transitioned to non-terminated state"));
        }
    }

    // Source: ValidatePodSpecificAnnotationUpdates.
    private static void Annotations(List<FieldError> errors, Pod pod, Pod old)
    {
        var path = FieldPath.Of("metadata", "annotations");
        foreach (var (key, value) in old.Metadata.Annotations)
        {
            if (pod.Metadata.Annotations.TryGetValue(key, out var now) && now == value) continue;
            if (key.StartsWith(AppArmorPrefix, StringComparison.Ordinal)) errors.Add(FieldError.Forbidden(path.Key(key), "may not remove or update AppArmor annotations"));
            if (key == MirrorAnnotation) errors.Add(FieldError.Forbidden(path.Key(key), "may not remove or update mirror pod annotation"));
        }

        foreach (var key in pod.Metadata.Annotations.Keys.Where(key => !old.Metadata.Annotations.ContainsKey(key)))
        {
            if (key.StartsWith(AppArmorPrefix, StringComparison.Ordinal)) errors.Add(FieldError.Forbidden(path.Key(key), "may not add AppArmor annotations"));
            if (key == MirrorAnnotation) errors.Add(FieldError.Forbidden(path.Key(key), "may not add mirror pod annotation"));
        }
    }

    private static bool Images(List<FieldError> errors, FieldPath path, ValueList<Container> containers, ValueList<Container> before)
    {
        if (containers.Count == before.Count) return true;
        errors.Add(FieldError.Forbidden(path, "pod updates may not add or remove containers"));
        return false;
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

    private static bool Deadline(List<FieldError> errors, long? seconds, long? before)
    {
        var path = Path.Child("activeDeadlineSeconds");
        if (seconds is not { } now)
        {
            if (before is not null) errors.Add(FieldError.Invalid(path, "null", "must not update from a positive integer to nil value"));
            return true;
        }

        if (now is < 0 or > int.MaxValue) errors.Add(FieldError.Invalid(path, now, "must be between 0 and 2147483647, inclusive"));
        else if (before < now) errors.Add(FieldError.Invalid(path, now, "must be less than or equal to previous value"));
        else return true;
        return false;
    }

    private static void Tolerations(List<FieldError> errors, ValueList<Toleration> tolerations, ValueList<Toleration> before)
    {
        foreach (var old in before)
        {
            if (tolerations.Find(t => t with { TolerationSeconds = old.TolerationSeconds } == old) is not null) continue;
            errors.Add(FieldError.Forbidden(Path.Child("tolerations"), "existing toleration can not be modified except its tolerationSeconds"));
            return;
        }
    }

    private static void Gates(List<FieldError> errors, ValueList<PodSchedulingGate> gates, ValueList<PodSchedulingGate> before)
    {
        for (var i = 0; i < gates.Count; i++)
        {
            if (!before.Any(gate => gate.Name == gates[i].Name))
                errors.Add(FieldError.Forbidden(Path.Child("schedulingGates").Index(i).Child("name"), $"only deletion is allowed, but found new scheduling gate '{gates[i].Name}'"));
        }
    }

    // A pod that waits at a gate may still become more choosy about its node.
    private static PodSpec WithPlaceOf(List<FieldError> errors, PodSpec spec, PodSpec before)
    {
        if (before.NodeSelector.Any(entry => spec.NodeSelector.GetValueOrDefault(entry.Key) != entry.Value))
        {
            errors.Add(FieldError.InvalidGo(
                Path.Child("nodeSelector"), GoText.Map(spec.NodeSelector), "only additions to spec.nodeSelector are allowed (no mutations or deletions)"));
        }

        var (node, oldNode) = (spec.Affinity?.NodeAffinity, before.Affinity?.NodeAffinity);
        if (node != oldNode) NodeAffinity(errors, Path.Child("affinity").Child("nodeAffinity"), node, oldNode);
        var affinity = spec.Affinity is null && oldNode is not null ? Affinity.Empty : spec.Affinity;
        affinity = affinity is not null ? affinity with { NodeAffinity = oldNode } : null;
        if (before.Affinity is null && affinity == Affinity.Empty) affinity = null;
        return spec with { NodeSelector = before.NodeSelector, Affinity = affinity };
    }

    // Source: validateNodeAffinityMutation.
    private static void NodeAffinity(List<FieldError> errors, FieldPath path, NodeAffinity? node, NodeAffinity? before)
    {
        var old = before?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? ValueList<NodeSelectorTerm>.Empty;
        if (old.IsEmpty) return;
        var terms = node?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? ValueList<NodeSelectorTerm>.Empty;
        var at = path.Child("requiredDuringSchedulingIgnoredDuringExecution").Child("nodeSelectorTerms");
        if (terms.Count != old.Count)
        {
            errors.Add(FieldError.InvalidGo(at, JsonText(terms), "no additions/deletions to non-empty NodeSelectorTerms list are allowed"));
            return;
        }

        for (var i = 0; i < old.Count; i++)
        {
            if (!IsNarrowed(terms[i], old[i])) errors.Add(FieldError.InvalidGo(at.Index(i), terms[i].ToString(), "only additions are allowed (no mutations or deletions)"));
        }
    }

    private static string JsonText(ValueList<NodeSelectorTerm> terms) => $"[{string.Join(',', terms)}]";

    private static bool IsNarrowed(NodeSelectorTerm term, NodeSelectorTerm before)
    {
        if (before.MatchExpressions.IsEmpty && before.MatchFields.IsEmpty && !(term.MatchExpressions.IsEmpty && term.MatchFields.IsEmpty)) return false;
        return term.MatchExpressions.Take(before.MatchExpressions.Count).SequenceEqual(before.MatchExpressions)
            && term.MatchFields.Take(before.MatchFields.Count).SequenceEqual(before.MatchFields);
    }
}
