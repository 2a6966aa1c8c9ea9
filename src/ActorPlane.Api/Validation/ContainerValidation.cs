using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go validateContainers, validateInitContainers, validateContainerCommon.</summary>
internal static class ContainerValidation
{
    /// <summary>A container of a pod, or one that runs before them.</summary>
    /// <param name="names">The names that are taken.</param>
    public static void Validate(List<FieldError> errors, FieldPath path, Container container, HashSet<string> names, PodParts pod, bool init)
    {
        Common(errors, path, container, pod);
        if (init && container.RestartPolicy is { } policy) Checks.OneOf(errors, path.Child("restartPolicy"), policy, "Always");
        if (!container.Name.IsBlank() && !names.Add(container.Name!)) errors.Add(FieldError.Duplicate(path.Child("name"), container.Name));
        if (init && container.RestartPolicy != "Always")
        {
            const string Why = "may not be set for init containers without restartPolicy=Always";
            if (container.Lifecycle is not null) errors.Add(FieldError.Forbidden(path.Child("lifecycle"), Why));
            if (container.LivenessProbe is not null) errors.Add(FieldError.Forbidden(path.Child("livenessProbe"), Why));
            if (container.ReadinessProbe is not null) errors.Add(FieldError.Forbidden(path.Child("readinessProbe"), Why));
            if (container.StartupProbe is not null) errors.Add(FieldError.Forbidden(path.Child("startupProbe"), Why));
        }
        else
        {
            ProbeValidation.Validate(errors, path, container, pod.GraceSeconds);
        }

        if (!init && container.RestartPolicy is not null) errors.Add(FieldError.Forbidden(path.Child("restartPolicy"), "may not be set for non-init containers"));
    }

    /// <summary>What containers of every sort have.</summary>
    public static void Common(List<FieldError> errors, FieldPath path, Container container, PodParts pod)
    {
        if (container.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("name")));
        else Checks.All(errors, path.Child("name"), container.Name, NameRules.DnsLabel(container.Name!));
        if (container.Image.IsBlank()) errors.Add(FieldError.Required(path.Child("image")));
        var at = path.Child("terminationMessagePolicy");
        if (container.TerminationMessagePolicy.IsBlank()) errors.Add(FieldError.Required(at));
        else Checks.OneOf(errors, at, container.TerminationMessagePolicy, "File", "FallbackToLogsOnError");
        Ports(errors, path.Child("ports"), container.Ports);
        for (var i = 0; i < container.Env.Count; i++) Env(errors, path.Child("env").Index(i), container.Env[i]);
        for (var i = 0; i < container.EnvFrom.Count; i++) EnvFrom(errors, path.Child("envFrom"), i, container.EnvFrom[i]);
        MountValidation.Validate(errors, path, container, pod.Volumes);
        PullPolicy(errors, path.Child("imagePullPolicy"), container.ImagePullPolicy);
        ResourceValidation.Requirements(errors, path.Child("resources"), container.Resources, pod.Claims);
        SecurityContextValidation.Validate(errors, path.Child("securityContext"), container.SecurityContext);
    }

    /// <summary>What is looked at in a pod, and not in a template.</summary>
    public static void OfPod(List<FieldError> errors, FieldPath path, string? image)
    {
        if (image is not null && image.Trim().Length != image.Length) errors.Add(FieldError.Invalid(path.Child("image"), image, "must not have leading or trailing whitespace"));
    }

    public static void PullPolicy(List<FieldError> errors, FieldPath path, string? policy)
    {
        if (policy.IsBlank()) errors.Add(FieldError.Required(path));
        else Checks.OneOf(errors, path, policy, "Always", "IfNotPresent", "Never");
    }

    private static void Ports(List<FieldError> errors, FieldPath path, ValueList<ContainerPort> ports)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ports.Count; i++)
        {
            var at = path.Index(i);
            var port = ports[i];
            if (!port.Name.IsBlank())
            {
                if (NameRules.PortName(port.Name!) is { IsEmpty: false } problems) Checks.All(errors, at.Child("name"), port.Name, problems);
                else if (!names.Add(port.Name!)) errors.Add(FieldError.Duplicate(at.Child("name"), port.Name));
            }

            if ((port.ContainerPort_ ?? 0) == 0) errors.Add(FieldError.Required(at.Child("containerPort")));
            else foreach (var problem in NameRules.PortNumber(port.ContainerPort_!.Value)) errors.Add(FieldError.Invalid(at.Child("containerPort"), port.ContainerPort_.Value, problem));
            if ((port.HostPort ?? 0) != 0)
            {
                foreach (var problem in NameRules.PortNumber(port.HostPort!.Value)) errors.Add(FieldError.Invalid(at.Child("hostPort"), port.HostPort.Value, problem));
            }

            if (port.Protocol.IsBlank()) errors.Add(FieldError.Required(at.Child("protocol")));
            else Checks.OneOf(errors, at.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
        }
    }

    private static void Env(List<FieldError> errors, FieldPath path, EnvVar variable)
    {
        if (variable.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("name")));
        else Checks.All(errors, path.Child("name"), variable.Name, NameRules.EnvVarName(variable.Name!));
        if (variable.ValueFrom is not { } from) return;
        var at = path.Child("valueFrom");
        if (from.FieldRef is { } field) FieldReferenceValidation.Field(errors, at.Child("fieldRef"), field, inVolume: false);
        if (from.ResourceFieldRef is { } resource) FieldReferenceValidation.Resource(errors, at.Child("resourceFieldRef"), resource, inVolume: false);
        if (from.ConfigMapKeyRef is { } map) Key(errors, at.Child("configMapKeyRef"), map.Name, map.Key);
        if (from.SecretKeyRef is { } secret) Key(errors, at.Child("secretKeyRef"), secret.Name, secret.Key);
        var sources = (from.FieldRef is null ? 0 : 1) + (from.ResourceFieldRef is null ? 0 : 1) + (from.ConfigMapKeyRef is null ? 0 : 1) + (from.SecretKeyRef is null ? 0 : 1);
        if (sources == 0) errors.Add(FieldError.Invalid(at, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"));
        else if (!variable.Value.IsBlank()) errors.Add(FieldError.Invalid(at, "", "may not be specified when `value` is not empty"));
        else if (sources > 1) errors.Add(FieldError.Invalid(at, "", "may not have more than one field specified at a time"));
    }

    private static void Key(List<FieldError> errors, FieldPath path, string? name, string? key)
    {
        Checks.All(errors, path.Child("name"), name, NameRules.DnsSubdomain(name ?? ""));
        if (key.IsBlank()) errors.Add(FieldError.Required(path.Child("key")));
        else Checks.All(errors, path.Child("key"), key, NameRules.ConfigMapKey(key!));
    }

    private static void EnvFrom(List<FieldError> errors, FieldPath path, int index, EnvFromSource source)
    {
        var at = path.Index(index);
        if (!source.Prefix.IsBlank()) Checks.All(errors, at.Child("prefix"), source.Prefix, NameRules.EnvVarName(source.Prefix!));
        if (source.ConfigMapRef is { } map) Source(errors, at.Child("configMapRef").Child("name"), map.Name);
        if (source.SecretRef is { } secret) Source(errors, at.Child("secretRef").Child("name"), secret.Name);
        if (source is { ConfigMapRef: null, SecretRef: null }) errors.Add(FieldError.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`"));
        else if (source is { ConfigMapRef: not null, SecretRef: not null }) errors.Add(FieldError.Invalid(path, "", "may not have more than one field specified at a time"));
    }

    private static void Source(List<FieldError> errors, FieldPath path, string? name)
    {
        // A trailing dash passes here, as in the beginning of a name that is to be generated.
        if (name.IsBlank()) errors.Add(FieldError.Required(path));
        else Checks.All(errors, path, name, NameRules.DnsSubdomain(name!.EndsWith('-') ? name[..^1] + "a" : name));
    }
}
