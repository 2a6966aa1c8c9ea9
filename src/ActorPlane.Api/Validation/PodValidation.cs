using System.Globalization;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go validatePodMetadataAndSpec, ValidatePodTemplateSpec, ValidatePodSpec.</summary>
internal static class PodValidation
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const string CostAnnotation = "controller.kubernetes.io/pod-deletion-cost";

    /// <summary>A new pod.</summary>
    public static void Validate(List<FieldError> errors, Pod pod)
    {
        Content(errors, pod);
        var path = FieldPath.Of("spec");
        if (!pod.Spec.NodeName.IsBlank() && !pod.Spec.SchedulingGates.IsEmpty)
            errors.Add(FieldError.Forbidden(path.Child("nodeName"), "cannot be set until all schedulingGates have been cleared"));
    }

    /// <summary>A pod that may have existed before.</summary>
    public static void Content(List<FieldError> errors, Pod pod)
    {
        var path = FieldPath.Of("spec");
        Annotations(errors, FieldPath.Of("metadata", "annotations"), pod.Metadata, pod.Spec);
        Spec(errors, path, pod.Spec, pod.Metadata.Name ?? "");
        if (pod.Spec.ServiceAccountName.IsBlank())
        {
            for (var v = 0; v < pod.Spec.Volumes.Count; v++)
            {
                var sources = pod.Spec.Volumes[v].Projected?.Sources ?? ValueList<VolumeProjection>.Empty;
                for (var s = 0; s < sources.Count; s++)
                {
                    if (sources[s].ServiceAccountToken is null) continue;
                    errors.Add(FieldError.Forbidden(
                        path.Child("volumes").Index(v).Child("projected").Child("sources").Index(s).Child("serviceAccountToken"),
                        "must not be specified when serviceAccountName is not set"));
                }
            }
        }

        for (var i = 0; i < pod.Spec.Containers.Count; i++) ContainerValidation.OfPod(errors, path.Child("containers").Index(i), pod.Spec.Containers[i].Image);
        for (var i = 0; i < pod.Spec.InitContainers.Count; i++) ContainerValidation.OfPod(errors, path.Child("initContainers").Index(i), pod.Spec.InitContainers[i].Image);
    }

    public static void Template(List<FieldError> errors, FieldPath path, PodTemplateSpec template)
    {
        errors.AddRange(ObjectMetaValidation.Labels(template.Metadata.Labels, path.Child("labels")));
        errors.AddRange(ObjectMetaValidation.Annotations(template.Metadata.Annotations, path.Child("annotations")));
        Annotations(errors, path.Child("annotations"), template.Metadata, template.Spec);
        Spec(errors, path.Child("spec"), template.Spec, null);
        if (!template.Spec.EphemeralContainers.IsEmpty)
            errors.Add(FieldError.Forbidden(path.Child("spec").Child("ephemeralContainers"), "ephemeral containers not allowed in pod template"));
    }

    // Source: ValidatePodSpecificAnnotations.
    private static void Annotations(List<FieldError> errors, FieldPath path, ObjectMeta metadata, PodSpec spec)
    {
        if (metadata.Annotations.TryGetValue(MirrorAnnotation, out var mirror) && spec.NodeName.IsBlank())
            errors.Add(FieldError.Invalid(path.Key(MirrorAnnotation), mirror, "must set spec.nodeName if mirror pod annotation is set"));
        if (metadata.Annotations.TryGetValue(CostAnnotation, out var cost) && !IsCost(cost))
            errors.Add(FieldError.Invalid(path.Key(CostAnnotation), cost, "must be a 32bit integer"));
    }

    // Source: pkg/apis/core/helper/helpers.go, GetDeletionCostFromPodAnnotations: neither '+' nor leading zeros.
    private static bool IsCost(string text) => text is not ['+', ..] && (text is not ['0', _, ..] and not ['-', '0', ..])
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    /// <param name="pod">The name of the pod, or null for a template.</param>
    private static void Spec(List<FieldError> errors, FieldPath path, PodSpec spec, string? pod)
    {
        if (spec.TerminationGracePeriodSeconds is null) errors.Add(FieldError.Required(path.Child("terminationGracePeriodSeconds")));
        var volumes = Volumes(errors, path.Child("volumes"), spec.Volumes, pod);
        var claims = spec.ResourceClaims.Where(claim => !claim.Name.IsBlank()).Select(claim => claim.Name!).ToHashSet(StringComparer.Ordinal);
        var parts = new PodParts(volumes, claims, spec.TerminationGracePeriodSeconds);
        ResourceClaims(errors, path.Child("resourceClaims"), spec.ResourceClaims);
        Containers(errors, path, spec, parts);
        EphemeralContainerValidation.Validate(errors, path.Child("ephemeralContainers"), spec, parts);
        PodSystemValidation.HostNetwork(errors, path, spec, pod is not null);
        if (spec.RestartPolicy.IsBlank()) errors.Add(FieldError.Required(path.Child("restartPolicy")));
        else Checks.OneOf(errors, path.Child("restartPolicy"), spec.RestartPolicy, "Always", "OnFailure", "Never");
        if (spec.DnsPolicy.IsBlank()) errors.Add(FieldError.Required(path.Child("dnsPolicy")));
        else Checks.OneOf(errors, path.Child("dnsPolicy"), spec.DnsPolicy, "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
        errors.AddRange(ObjectMetaValidation.Labels(spec.NodeSelector, path.Child("nodeSelector")));
        SecurityContextValidation.Validate(errors, path.Child("securityContext"), spec);
        AffinityValidation.Validate(errors, path.Child("affinity"), spec.Affinity);
        PodSystemValidation.Dns(errors, path.Child("dnsConfig"), spec);
        for (var i = 0; i < spec.ReadinessGates.Count; i++)
        {
            var type = spec.ReadinessGates[i].ConditionType;
            Checks.All(errors, path.Child("readinessGates").Index(i).Child("conditionType"), type, NameRules.QualifiedName(type ?? ""));
        }

        for (var i = 0; i < spec.SchedulingGates.Count; i++)
        {
            var (at, name) = (path.Child("schedulingGates").Index(i), spec.SchedulingGates[i].Name);
            Checks.All(errors, at, name, NameRules.QualifiedName(name ?? ""));
            if (spec.SchedulingGates.Take(i).Any(gate => gate.Name == name)) errors.Add(FieldError.Duplicate(at, name));
        }

        SpreadValidation.Validate(errors, path.Child("topologySpreadConstraints"), spec.TopologySpreadConstraints);
        PodSystemValidation.HostUsers(errors, path, spec);
        Names(errors, path, spec);
        if (!spec.Overhead.IsEmpty) ResourceValidation.Requirements(errors, path.Child("overhead"), ResourceRequirements.Empty with { Limits = spec.Overhead }, claims);
        PodSystemValidation.OperatingSystem(errors, path, spec);
    }

    private static void Names(List<FieldError> errors, FieldPath path, PodSpec spec)
    {
        if (!spec.ServiceAccountName.IsBlank()) Checks.All(errors, path.Child("serviceAccountName"), spec.ServiceAccountName, NameRules.DnsSubdomain(spec.ServiceAccountName!));
        if (!spec.NodeName.IsBlank()) Checks.All(errors, path.Child("nodeName"), spec.NodeName, NameRules.DnsSubdomain(spec.NodeName!));
        if (spec.ActiveDeadlineSeconds is < 1 or > int.MaxValue)
            errors.Add(FieldError.Invalid(path.Child("activeDeadlineSeconds"), spec.ActiveDeadlineSeconds.Value, "must be between 1 and 2147483647, inclusive"));
        if (!spec.Hostname.IsBlank()) Checks.All(errors, path.Child("hostname"), spec.Hostname, NameRules.DnsLabel(spec.Hostname!));
        if (!spec.Subdomain.IsBlank()) Checks.All(errors, path.Child("subdomain"), spec.Subdomain, NameRules.DnsLabel(spec.Subdomain!));
        TolerationValidation.Validate(errors, path.Child("tolerations"), spec.Tolerations);
        PodSystemValidation.HostAliases(errors, path.Child("hostAliases"), spec);
        if (!spec.PriorityClassName.IsBlank()) Checks.All(errors, path.Child("priorityClassName"), spec.PriorityClassName, NameRules.DnsSubdomain(spec.PriorityClassName!));
        if (spec.RuntimeClassName is { } runtime) Checks.All(errors, path.Child("runtimeClassName"), runtime, NameRules.DnsSubdomain(runtime));
        if (spec.PreemptionPolicy is "") errors.Add(FieldError.Required(path.Child("preemptionPolicy")));
        else if (spec.PreemptionPolicy is { } preemption) Checks.OneOf(errors, path.Child("preemptionPolicy"), preemption, "PreemptLowerPriority", "Never");
    }

    // Source: ValidateVolumes. Only volumes that are well formed can be mounted.
    private static Dictionary<string, Volume> Volumes(List<FieldError> errors, FieldPath path, ValueList<Volume> volumes, string? pod)
    {
        var known = new Dictionary<string, Volume>(StringComparer.Ordinal);
        for (var i = 0; i < volumes.Count; i++)
        {
            var (at, volume) = (path.Index(i), volumes[i]);
            var before = errors.Count;
            VolumeSourceValidation.Validate(errors, at, volume, pod);
            if (volume.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("name")));
            else Checks.All(errors, at.Child("name"), volume.Name, NameRules.DnsLabel(volume.Name!));
            if (known.ContainsKey(volume.Name ?? "")) errors.Add(FieldError.Duplicate(at.Child("name"), volume.Name));
            if (errors.Count == before) known.Add(volume.Name!, volume);
            if (!pod.IsBlank() && volume.PersistentVolumeClaim?.ClaimName is { } claim && volumes.Any(other => other.Ephemeral is not null && $"{pod}-{other.Name}" == claim))
                errors.Add(FieldError.Invalid(at.Child("persistentVolumeClaim").Child("claimName"), claim, "must not reference a PVC that gets created for an ephemeral volume"));
        }

        return known;
    }

    private static void ResourceClaims(List<FieldError> errors, FieldPath path, ValueList<PodResourceClaim> claims)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < claims.Count; i++)
        {
            var (at, claim) = (path.Index(i), claims[i]);
            if (claim.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("name")));
            else if (!names.Add(claim.Name!)) errors.Add(FieldError.Duplicate(at.Child("name"), claim.Name));
            else Checks.All(errors, at.Child("name"), claim.Name, NameRules.DnsLabel(claim.Name!));
            if (claim.ResourceClaimName is { } name) Checks.All(errors, at.Child("resourceClaimName"), name, NameRules.DnsSubdomain(name));
            if (claim.ResourceClaimTemplateName is { } template) Checks.All(errors, at.Child("resourceClaimTemplateName"), template, NameRules.DnsSubdomain(template));
        }
    }

    private static void Containers(List<FieldError> errors, FieldPath path, PodSpec spec, PodParts parts)
    {
        var (at, names) = (path.Child("containers"), new HashSet<string>(StringComparer.Ordinal));
        if (spec.Containers.IsEmpty) errors.Add(FieldError.Required(at));
        for (var i = 0; i < spec.Containers.Count; i++) ContainerValidation.Validate(errors, at.Index(i), spec.Containers[i], names, parts, init: false);
        HostPorts(errors, at, spec.Containers);
        at = path.Child("initContainers");
        for (var i = 0; i < spec.InitContainers.Count; i++)
        {
            ContainerValidation.Validate(errors, at.Index(i), spec.InitContainers[i], names, parts, init: true);

            // One after the other: each is looked at alone, and told by a path that always names the first.
            HostPorts(errors, at, [spec.InitContainers[i]]);
        }
    }

    private static void HostPorts(List<FieldError> errors, FieldPath path, ValueList<Container> containers)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < containers.Count; c++)
        {
            var ports = containers[c].Ports;
            for (var p = 0; p < ports.Count; p++)
            {
                if ((ports[p].HostPort ?? 0) == 0) continue;
                var key = $"{ports[p].Protocol}/{ports[p].HostIP}/{ports[p].HostPort}";
                if (!taken.Add(key)) errors.Add(FieldError.Duplicate(path.Index(c).Child("ports").Index(p).Child("hostPort"), key));
            }
        }
    }
}
