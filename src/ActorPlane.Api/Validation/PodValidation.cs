using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidatePodSpec.</summary>
internal static class PodValidation
{
    public static void Validate(List<FieldError> errors, Pod pod)
    {
        var path = FieldPath.Of("spec");
        Spec(errors, path, pod.Spec);
        if (!pod.Spec.NodeName.IsBlank() && !pod.Spec.SchedulingGates.IsEmpty)
            errors.Add(FieldError.Forbidden(path.Child("nodeName"), "cannot be set until all schedulingGates have been cleared"));
    }

    public static void Template(List<FieldError> errors, FieldPath path, PodTemplateSpec template)
    {
        errors.AddRange(ObjectMetaValidation.Labels(template.Metadata.Labels, path.Child("labels")));
        Spec(errors, path.Child("spec"), template.Spec);
        if (!template.Spec.EphemeralContainers.IsEmpty)
        {
            errors.Add(FieldError.Forbidden(path.Child("spec").Child("ephemeralContainers"), "ephemeral containers not allowed in pod template"));
        }
    }

    public static void Spec(List<FieldError> errors, FieldPath path, PodSpec spec)
    {
        var volumes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Volumes.Count; i++) PodVolumeValidation.Validate(errors, path.Child("volumes").Index(i), spec.Volumes[i], volumes);

        var names = new HashSet<string>(StringComparer.Ordinal);
        if (spec.Containers.IsEmpty) errors.Add(FieldError.Required(path.Child("containers")));
        for (var i = 0; i < spec.Containers.Count; i++)
        {
            ContainerValidation.Validate(errors, path.Child("containers").Index(i), spec.Containers[i], names, volumes, init: false);
        }

        for (var i = 0; i < spec.InitContainers.Count; i++)
        {
            ContainerValidation.Validate(errors, path.Child("initContainers").Index(i), spec.InitContainers[i], names, volumes, init: true);
        }

        HostPorts(errors, path.Child("containers"), spec);
        if (spec.HostNetwork == true) SamePorts(errors, path.Child("containers"), spec);
        if (spec.RestartPolicy.IsBlank()) errors.Add(FieldError.Required(path.Child("restartPolicy")));
        else Checks.OneOf(errors, path.Child("restartPolicy"), spec.RestartPolicy, "Always", "OnFailure", "Never");
        if (spec.DnsPolicy.IsBlank()) errors.Add(FieldError.Required(path.Child("dnsPolicy")));
        else Checks.OneOf(errors, path.Child("dnsPolicy"), spec.DnsPolicy, "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
        errors.AddRange(ObjectMetaValidation.Labels(spec.NodeSelector, path.Child("nodeSelector")));
        PodFieldValidation.Security(errors, path.Child("securityContext"), spec.SecurityContext);
        PodFieldValidation.Network(errors, path, spec);
        if (!spec.ServiceAccountName.IsBlank()) Checks.All(errors, path.Child("serviceAccountName"), spec.ServiceAccountName, NameRules.DnsSubdomain(spec.ServiceAccountName!));
        if (!spec.NodeName.IsBlank()) Checks.All(errors, path.Child("nodeName"), spec.NodeName, NameRules.DnsSubdomain(spec.NodeName!));
        if (spec.ActiveDeadlineSeconds is < 1 or > int.MaxValue)
        {
            errors.Add(FieldError.Invalid(path.Child("activeDeadlineSeconds"), spec.ActiveDeadlineSeconds.Value, "must be between 1 and 2147483647, inclusive"));
        }

        if (!spec.Hostname.IsBlank()) Checks.All(errors, path.Child("hostname"), spec.Hostname, NameRules.DnsLabel(spec.Hostname!));
        if (!spec.Subdomain.IsBlank()) Checks.All(errors, path.Child("subdomain"), spec.Subdomain, NameRules.DnsLabel(spec.Subdomain!));
        if (!spec.PriorityClassName.IsBlank()) Checks.All(errors, path.Child("priorityClassName"), spec.PriorityClassName, NameRules.DnsSubdomain(spec.PriorityClassName!));
        if (spec.RuntimeClassName is { } runtime) Checks.All(errors, path.Child("runtimeClassName"), runtime, NameRules.DnsSubdomain(runtime));
        if (spec.PreemptionPolicy is { } preemption) Checks.OneOf(errors, path.Child("preemptionPolicy"), preemption, "Never", "PreemptLowerPriority");
        for (var i = 0; i < spec.Tolerations.Count; i++) Toleration(errors, path.Child("tolerations").Index(i), spec.Tolerations[i]);
        AffinityValidation.Validate(errors, path.Child("affinity"), spec.Affinity);
        for (var i = 0; i < spec.TopologySpreadConstraints.Count; i++)
        {
            var (at, constraint) = (path.Child("topologySpreadConstraints").Index(i), spec.TopologySpreadConstraints[i]);
            Spread(errors, at, constraint);
            if (spec.TopologySpreadConstraints.Take(i).Any(other => other.TopologyKey == constraint.TopologyKey && other.WhenUnsatisfiable == constraint.WhenUnsatisfiable))
                errors.Add(FieldError.Duplicate(at.Child("{topologyKey, whenUnsatisfiable}"), $"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}"));
        }

        for (var i = 0; i < spec.ReadinessGates.Count; i++)
        {
            var type = spec.ReadinessGates[i].ConditionType;
            Checks.All(errors, path.Child("readinessGates").Index(i).Child("conditionType"), type, NameRules.QualifiedName(type ?? ""));
        }

        for (var i = 0; i < spec.SchedulingGates.Count; i++)
        {
            var name = spec.SchedulingGates[i].Name;
            Checks.All(errors, path.Child("schedulingGates").Index(i), name, NameRules.QualifiedName(name ?? ""));
            if (spec.SchedulingGates.Take(i).Any(other => other.Name == name)) errors.Add(FieldError.Duplicate(path.Child("schedulingGates").Index(i), name));
        }

        if (spec.Os is { } os)
        {
            if (os.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("os").Child("name"), "cannot be empty"));
            else Checks.OneOf(errors, path.Child("os"), os.Name, "linux", "windows");
        }

        if (spec is { HostPID: true, ShareProcessNamespace: true })
        {
            errors.Add(FieldError.InvalidGo(path.Child("securityContext").Child("shareProcessNamespace"), "true", "ShareProcessNamespace and HostPID cannot both be enabled"));
        }
    }

    private static void HostPorts(List<FieldError> errors, FieldPath path, PodSpec spec)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < spec.Containers.Count; c++)
        {
            var ports = spec.Containers[c].Ports;
            for (var p = 0; p < ports.Count; p++)
            {
                if ((ports[p].HostPort ?? 0) == 0) continue;
                var key = $"{ports[p].Protocol}/{ports[p].HostIP}/{ports[p].HostPort}";
                if (!taken.Add(key)) errors.Add(FieldError.Duplicate(path.Index(c).Child("ports").Index(p).Child("hostPort"), key));
            }
        }
    }

    private static void SamePorts(List<FieldError> errors, FieldPath path, PodSpec spec)
    {
        for (var c = 0; c < spec.Containers.Count; c++)
        {
            var ports = spec.Containers[c].Ports;
            for (var p = 0; p < ports.Count; p++)
            {
                if (ports[p].HostPort == ports[p].ContainerPort_) continue;
                errors.Add(FieldError.Invalid(
                    path.Index(c).Child("ports").Index(p).Child("containerPort"), ports[p].ContainerPort_ ?? 0, "must match `hostPort` when `hostNetwork` is true"));
            }
        }
    }

    private static void Toleration(List<FieldError> errors, FieldPath path, Toleration toleration)
    {
        if (!toleration.Key.IsBlank()) Checks.All(errors, path.Child("key"), toleration.Key, NameRules.QualifiedName(toleration.Key!));
        if (toleration.Key.IsBlank() && toleration.Operator != "Exists")
        {
            errors.Add(FieldError.Invalid(path.Child("operator"), toleration.Operator, "operator must be Exists when `key` is empty, which means \"match all values and all keys\""));
        }

        if (toleration.TolerationSeconds is not null && toleration.Effect != "NoExecute")
        {
            errors.Add(FieldError.Invalid(path.Child("effect"), toleration.Effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
        }

        switch (toleration.Operator)
        {
            case null or "" or "Equal":
                if (NameRules.LabelValue(toleration.Value ?? "") is [var problem, ..]) errors.Add(FieldError.Invalid(path.Child("operator"), toleration.Value, problem));
                break;
            case "Exists":
                if (!toleration.Value.IsBlank()) errors.Add(FieldError.Invalid(path.Child("operator"), $"{toleration.Key}={toleration.Value}:{toleration.Effect}", "value must be empty when `operator` is 'Exists'"));
                break;
            default:
                errors.Add(FieldError.NotSupported(path.Child("operator"), toleration.Operator, "Equal", "Exists"));
                break;
        }

        if (!toleration.Effect.IsBlank()) Checks.OneOf(errors, path.Child("effect"), toleration.Effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
    }

    private static void Spread(List<FieldError> errors, FieldPath path, TopologySpreadConstraint constraint)
    {
        if ((constraint.MaxSkew ?? 0) <= 0) errors.Add(FieldError.Invalid(path.Child("maxSkew"), constraint.MaxSkew ?? 0, Checks.PositiveAmount));
        if (constraint.TopologyKey.IsBlank()) errors.Add(FieldError.Required(path.Child("topologyKey"), "can not be empty"));
        Checks.OneOf(errors, path.Child("whenUnsatisfiable"), constraint.WhenUnsatisfiable, "DoNotSchedule", "ScheduleAnyway");
        if (constraint.MinDomains <= 0) errors.Add(FieldError.Invalid(path.Child("minDomains"), constraint.MinDomains.Value, Checks.PositiveAmount));
        if (constraint.MinDomains is { } domains && constraint.WhenUnsatisfiable != "DoNotSchedule")
            errors.Add(FieldError.Invalid(path.Child("minDomains"), domains, $"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {constraint.WhenUnsatisfiable}"));
        Checks.Selector(errors, path.Child("labelSelector"), constraint.LabelSelector);
    }
}
