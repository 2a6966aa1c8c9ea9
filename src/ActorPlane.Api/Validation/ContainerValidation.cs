using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go validateContainers, ValidateResourceRequirements.</summary>
internal static class ContainerValidation
{
    public static void Validate(List<FieldError> errors, FieldPath path, Container container, HashSet<string> names, HashSet<string> volumes, bool init)
    {
        var at = path.Child("name");
        if (container.Name.IsBlank()) errors.Add(FieldError.Required(at));
        else
        {
            Checks.All(errors, at, container.Name, NameRules.DnsLabel(container.Name!));
            if (!names.Add(container.Name!)) errors.Add(FieldError.Duplicate(at, container.Name));
        }

        if (container.Image.IsBlank()) errors.Add(FieldError.Required(path.Child("image")));
        else if (container.Image!.Trim().Length != container.Image.Length) errors.Add(FieldError.Invalid(path.Child("image"), container.Image, "must not have leading or trailing whitespace"));
        if (container.TerminationMessagePolicy.IsBlank()) errors.Add(FieldError.Required(path.Child("terminationMessagePolicy")));
        else Checks.OneOf(errors, path.Child("terminationMessagePolicy"), container.TerminationMessagePolicy, "FallbackToLogsOnError", "File");
        Ports(errors, path.Child("ports"), container.Ports);
        for (var i = 0; i < container.Env.Count; i++) EnvironmentValidation.Variable(errors, path.Child("env").Index(i), container.Env[i]);
        EnvironmentValidation.Sources(errors, path.Child("envFrom"), container.EnvFrom);
        Mounts(errors, path.Child("volumeMounts"), container.VolumeMounts, volumes);
        for (var i = 0; i < container.VolumeDevices.Count; i++)
        {
            var (device, place) = (container.VolumeDevices[i], path.Child("volumeDevices").Index(i));
            if (device.Name.IsBlank()) errors.Add(FieldError.Required(place.Child("name")));
            else if (!volumes.Contains(device.Name!)) errors.Add(FieldError.NotFound(place.Child("name"), device.Name));
            if (device.DevicePath.IsBlank()) errors.Add(FieldError.Required(place.Child("devicePath")));
        }

        if (container.ImagePullPolicy.IsBlank()) errors.Add(FieldError.Required(path.Child("imagePullPolicy")));
        else Checks.OneOf(errors, path.Child("imagePullPolicy"), container.ImagePullPolicy, "Always", "IfNotPresent", "Never");
        Resources(errors, path.Child("resources"), container.Resources);
        PodFieldValidation.Security(errors, path.Child("securityContext"), container.SecurityContext);

        var sidecar = init && container.RestartPolicy == "Always";
        if (init && container.RestartPolicy is { } policy) Checks.OneOf(errors, path.Child("restartPolicy"), policy, "Always");
        if (!init && container.RestartPolicy is not null) errors.Add(FieldError.Forbidden(path.Child("restartPolicy"), "may not be set for non-init containers"));
        if (init && !sidecar)
        {
            const string Why = "may not be set for init containers without restartPolicy=Always";
            if (container.Lifecycle is not null) errors.Add(FieldError.Forbidden(path.Child("lifecycle"), Why));
            if (container.LivenessProbe is not null) errors.Add(FieldError.Forbidden(path.Child("livenessProbe"), Why));
            if (container.ReadinessProbe is not null) errors.Add(FieldError.Forbidden(path.Child("readinessProbe"), Why));
            if (container.StartupProbe is not null) errors.Add(FieldError.Forbidden(path.Child("startupProbe"), Why));
            return;
        }

        Probe(errors, path.Child("livenessProbe"), container.LivenessProbe, onlyOneSuccess: true);
        Probe(errors, path.Child("readinessProbe"), container.ReadinessProbe, onlyOneSuccess: false);
        if (container.ReadinessProbe?.TerminationGracePeriodSeconds is { } grace)
            errors.Add(FieldError.Invalid(path.Child("readinessProbe").Child("terminationGracePeriodSeconds"), grace, "must not be set for readinessProbes"));
        Probe(errors, path.Child("startupProbe"), container.StartupProbe, onlyOneSuccess: true);
        if (container.Lifecycle?.PostStart is { } start) Handler(errors, path.Child("lifecycle").Child("postStart"), start.Exec, start.HttpGet, start.TcpSocket, null, start.Sleep is not null);
        if (container.Lifecycle?.PreStop is { } stop) Handler(errors, path.Child("lifecycle").Child("preStop"), stop.Exec, stop.HttpGet, stop.TcpSocket, null, stop.Sleep is not null);
    }

    /// <summary>Amounts are not negative; requests do not exceed limits; what cannot be overcommitted has both alike.</summary>
    public static void Resources(List<FieldError> errors, FieldPath path, ResourceRequirements resources)
    {
        foreach (var (name, quantity) in resources.Limits) Amount(errors, path.Child("limits"), name, quantity);
        foreach (var (name, quantity) in resources.Requests)
        {
            Amount(errors, path.Child("requests"), name, quantity);
            if (resources.Limits.TryGetValue(name, out var limit))
            {
                if (quantity != limit && !Overcommits(name))
                {
                    errors.Add(FieldError.Invalid(path.Child("requests"), quantity.ToString(), $"must be equal to {name} limit of {limit}"));
                }
                else if (quantity > limit)
                {
                    errors.Add(FieldError.Invalid(path.Child("requests"), quantity.ToString(), $"must be less than or equal to {name} limit of {limit}"));
                }
            }
            else if (!Overcommits(name))
            {
                errors.Add(FieldError.Required(path.Child("limits"), "Limit must be set for non overcommitable resources"));
            }
        }
    }

    private static bool Overcommits(string name) => !name.Contains('/', StringComparison.Ordinal) && !name.StartsWith("hugepages-", StringComparison.Ordinal);

    private static void Amount(List<FieldError> errors, FieldPath path, string name, Quantity quantity)
    {
        var at = path.Key(name);
        if (NameRules.QualifiedName(name) is { IsEmpty: false } problems) Checks.All(errors, path, name, problems);
        else if (!name.Contains('/', StringComparison.Ordinal) && name is not ("cpu" or "memory" or "ephemeral-storage") && !name.StartsWith("hugepages-", StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid(at, name, "must be a standard resource type or fully qualified"));
            errors.Add(FieldError.Invalid(at, name, "must be a standard resource for containers"));
        }

        if (quantity.Sign < 0) errors.Add(FieldError.Invalid(at, quantity.ToString(), Checks.NotNegative));
        if (name.Contains('/', StringComparison.Ordinal) && quantity.MilliValue % 1000 != 0) errors.Add(FieldError.Invalid(at, quantity.ToString(), "must be an integer"));
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

    private static void Mounts(List<FieldError> errors, FieldPath path, ValueList<VolumeMount> mounts, HashSet<string> volumes)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < mounts.Count; i++)
        {
            var at = path.Index(i);
            var mount = mounts[i];
            if (mount.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("name")));
            else if (!volumes.Contains(mount.Name!)) errors.Add(FieldError.NotFound(at.Child("name"), mount.Name));
            if (mount.MountPath.IsBlank()) errors.Add(FieldError.Required(at.Child("mountPath")));
            if (!paths.Add(mount.MountPath ?? "")) errors.Add(FieldError.Invalid(at.Child("mountPath"), mount.MountPath, "must be unique"));

            // The real server names the list here, not the mount.
            if (!mount.SubPath.IsBlank()) Checks.DescendingPath(errors, path.Child("subPath"), mount.SubPath!);
            if (mount.SubPathExpr.IsBlank()) continue;
            if (!mount.SubPath.IsBlank()) errors.Add(FieldError.Invalid(at.Child("subPathExpr"), mount.SubPathExpr, "subPathExpr and subPath are mutually exclusive"));
            Checks.DescendingPath(errors, path.Child("subPathExpr"), mount.SubPathExpr!);
        }
    }

    private static void Probe(List<FieldError> errors, FieldPath path, Probe? probe, bool onlyOneSuccess)
    {
        if (probe is null) return;
        Handler(errors, path, probe.Exec, probe.HttpGet, probe.TcpSocket, probe.Grpc, sleep: false);
        Checks.AtLeastZero(errors, path.Child("initialDelaySeconds"), probe.InitialDelaySeconds);
        Checks.AtLeastZero(errors, path.Child("timeoutSeconds"), probe.TimeoutSeconds);
        Checks.AtLeastZero(errors, path.Child("periodSeconds"), probe.PeriodSeconds);
        Checks.AtLeastZero(errors, path.Child("successThreshold"), probe.SuccessThreshold);
        Checks.AtLeastZero(errors, path.Child("failureThreshold"), probe.FailureThreshold);
        if (onlyOneSuccess && (probe.SuccessThreshold ?? 1) != 1) errors.Add(FieldError.Invalid(path.Child("successThreshold"), probe.SuccessThreshold!.Value, "must be 1"));
        if (probe.TerminationGracePeriodSeconds <= 0) errors.Add(FieldError.Invalid(path.Child("terminationGracePeriodSeconds"), probe.TerminationGracePeriodSeconds.Value, Checks.Positive));
    }

    private static void Handler(List<FieldError> errors, FieldPath path, ExecAction? exec, HTTPGetAction? http, TCPSocketAction? tcp, GRPCAction? grpc, bool sleep)
    {
        var handlers = (exec is null ? 0 : 1) + (http is null ? 0 : 1) + (tcp is null ? 0 : 1) + (grpc is null ? 0 : 1) + (sleep ? 1 : 0);
        if (handlers == 0) errors.Add(FieldError.Required(path, "must specify a handler type"));
        if (handlers > 1) errors.Add(FieldError.Forbidden(path.Child("exec"), "may not specify more than 1 handler type"));
        if (exec is { Command.IsEmpty: true }) errors.Add(FieldError.Required(path.Child("exec").Child("command")));
        if (http is not null)
        {
            if (http.Path.IsBlank()) errors.Add(FieldError.Required(path.Child("httpGet").Child("path")));
            Port(errors, path.Child("httpGet").Child("port"), http.Port ?? 0);
            Checks.OneOf(errors, path.Child("httpGet").Child("scheme"), http.Scheme, "HTTP", "HTTPS");
        }

        if (tcp is not null) Port(errors, path.Child("tcpSocket").Child("port"), tcp.Port ?? 0);
        if (grpc is not null) Port(errors, path.Child("grpc").Child("port"), grpc.Port ?? 0);
    }

    internal static void Port(List<FieldError> errors, FieldPath path, IntOrString port)
    {
        if (port.IsString) Checks.All(errors, path, port.StringValue, NameRules.PortName(port.StringValue));
        else foreach (var problem in NameRules.PortNumber(port.IntValue)) errors.Add(FieldError.Invalid(path, port.IntValue, problem));
    }
}
