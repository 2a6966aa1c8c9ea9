using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// What a pod asks of its node's system: names, addresses, users, the operating system. Source: pkg/apis/core/validation/validation.go
/// validatePodDNSConfig, validatePodHostNetworkDeps, ValidateHostAliases, validateHostUsers, validateOS, validateLinux, validateWindows.
/// </summary>
internal static class PodSystemValidation
{
    private const int MostNameservers = 3;
    private const int MostSearches = 32;
    private const int LongestSearches = 2048;

    public static void Dns(List<FieldError> errors, FieldPath path, PodSpec spec)
    {
        var config = spec.DnsConfig;
        if (spec.DnsPolicy == "None" && config is null)
        {
            errors.Add(FieldError.Required(path, "must provide `dnsConfig` when `dnsPolicy` is None"));
            return;
        }

        if (spec.DnsPolicy == "None" && config!.Nameservers.IsEmpty)
        {
            errors.Add(FieldError.Required(path.Child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None"));
            return;
        }

        if (config is null) return;
        var at = path.Child("nameservers");
        if (config.Nameservers.Count > MostNameservers) errors.Add(FieldError.InvalidGo(at, GoText.List(config.Nameservers), $"must not have more than {MostNameservers} nameservers"));
        for (var i = 0; i < config.Nameservers.Count; i++) Checks.All(errors, at.Index(i), config.Nameservers[i], NameRules.IpAddress(config.Nameservers[i]));
        at = path.Child("searches");
        if (config.Searches.Count > MostSearches) errors.Add(FieldError.InvalidGo(at, GoText.List(config.Searches), $"must not have more than {MostSearches} search paths"));
        if (string.Join(' ', config.Searches).Length > LongestSearches)
            errors.Add(FieldError.InvalidGo(at, GoText.List(config.Searches), $"must not have more than {LongestSearches} characters (including spaces) in the search list"));
        for (var i = 0; i < config.Searches.Count; i++)
        {
            var search = config.Searches[i].EndsWith('.') ? config.Searches[i][..^1] : config.Searches[i];
            Checks.All(errors, at.Index(i), search, NameRules.DnsSubdomain(search));
        }

        for (var i = 0; i < config.Options.Count; i++)
        {
            if (config.Options[i].Name.IsBlank()) errors.Add(FieldError.Required(path.Child("options").Index(i), "must not be empty"));
        }
    }

    /// <param name="isPod">Whether the spec is that of a pod: one of a template may leave out what every pod gets.</param>
    public static void HostNetwork(List<FieldError> errors, FieldPath path, PodSpec spec, bool isPod)
    {
        if (spec.HostNetwork != true) return;
        for (var c = 0; c < spec.Containers.Count; c++)
        {
            for (var p = 0; p < spec.Containers[c].Ports.Count; p++)
            {
                var port = spec.Containers[c].Ports[p];
                var host = port.HostPort ?? 0;
                if ((isPod || host != 0) && host != (port.ContainerPort_ ?? 0))
                    errors.Add(FieldError.Invalid(path.Child("containers").Index(c).Child("ports").Index(p).Child("hostPort"), host, "must match `containerPort` when `hostNetwork` is true"));
            }
        }
    }

    public static void HostAliases(List<FieldError> errors, FieldPath path, PodSpec spec)
    {
        for (var i = 0; i < spec.HostAliases.Count; i++)
        {
            var (at, alias) = (path.Index(i), spec.HostAliases[i]);
            Checks.All(errors, at.Child("ip"), alias.Ip, NameRules.IpAddress(alias.Ip ?? ""));
            for (var n = 0; n < alias.Hostnames.Count; n++) Checks.All(errors, at.Child("hostnames").Index(n), alias.Hostnames[n], NameRules.DnsSubdomain(alias.Hostnames[n]));
        }
    }

    public static void HostUsers(List<FieldError> errors, FieldPath path, PodSpec spec)
    {
        const string Why = "when `pod.Spec.HostUsers` is false";
        if (spec.HostUsers != false) return;
        if (spec.HostNetwork == true) errors.Add(FieldError.Forbidden(path.Child("hostNetwork"), Why));
        if (spec.HostPID == true) errors.Add(FieldError.Forbidden(path.Child("HostPID"), Why));
        if (spec.HostIPC == true) errors.Add(FieldError.Forbidden(path.Child("HostIPC"), Why));
    }

    public static void OperatingSystem(List<FieldError> errors, FieldPath path, PodSpec spec)
    {
        switch (spec.Os?.Name)
        {
            case null when spec.Os is null:
                break;
            case null or "":
                errors.Add(FieldError.Required(path.Child("os").Child("name"), "cannot be empty"));
                break;
            case "linux":
                foreach (var (at, windows) in Contexts(path, spec))
                {
                    if (windows) errors.Add(FieldError.Forbidden(at.Child("windowsOptions"), "windows options cannot be set for a linux pod"));
                }

                break;
            case "windows":
                Windows(errors, path, spec);
                break;
            default:
                errors.Add(FieldError.NotSupported(path.Child("os"), spec.Os.Name, "linux", "windows"));
                break;
        }
    }

    private static IEnumerable<(FieldPath Path, bool HasWindows)> Contexts(FieldPath path, PodSpec spec) =>
    [
        (path.Child("securityContext"), spec.SecurityContext?.WindowsOptions is not null),
        .. Containers(path, spec).Select(container => (container.Path, container.Context?.WindowsOptions is not null)),
    ];

    private static IEnumerable<(FieldPath Path, SecurityContext? Context)> Containers(FieldPath path, PodSpec spec) =>
    [
        .. spec.InitContainers.Select((c, i) => (path.Child("initContainers").Index(i).Child("securityContext"), c.SecurityContext)),
        .. spec.Containers.Select((c, i) => (path.Child("containers").Index(i).Child("securityContext"), c.SecurityContext)),
        .. spec.EphemeralContainers.Select((c, i) => (path.Child("ephemeralContainers").Index(i).Child("securityContext"), c.SecurityContext)),
    ];

    private static void Windows(List<FieldError> errors, FieldPath path, PodSpec spec)
    {
        var at = path.Child("securityContext");
        var pod = spec.SecurityContext ?? PodSecurityContext.Empty;
        Refuse(errors,
            (at.Child("appArmorProfile"), pod.AppArmorProfile is not null), (at.Child("seLinuxOptions"), pod.SeLinuxOptions is not null),
            (path.Child("hostUsers"), spec.HostUsers is not null), (path.Child("hostPID"), spec.HostPID == true), (path.Child("hostIPC"), spec.HostIPC == true),
            (at.Child("seccompProfile"), pod.SeccompProfile is not null), (at.Child("fsGroup"), pod.FsGroup is not null),
            (at.Child("fsGroupChangePolicy"), pod.FsGroupChangePolicy is not null), (at.Child("sysctls"), !pod.Sysctls.IsEmpty),
            (path.Child("shareProcessNamespace"), spec.ShareProcessNamespace is not null), (at.Child("runAsUser"), pod.RunAsUser is not null),
            (at.Child("runAsGroup"), pod.RunAsGroup is not null), (at.Child("supplementalGroups"), !pod.SupplementalGroups.IsEmpty),
            (at.Child("supplementalGroupsPolicy"), pod.SupplementalGroupsPolicy is not null));
        foreach (var (place, context) in Containers(path, spec))
        {
            if (context is null) continue;
            Refuse(errors,
                (place.Child("appArmorProfile"), context.AppArmorProfile is not null), (place.Child("seLinuxOptions"), context.SeLinuxOptions is not null),
                (place.Child("seccompProfile"), context.SeccompProfile is not null), (place.Child("capabilities"), context.Capabilities is not null),
                (place.Child("readOnlyRootFilesystem"), context.ReadOnlyRootFilesystem is not null), (place.Child("privileged"), context.Privileged is not null),
                (place.Child("allowPrivilegeEscalation"), context.AllowPrivilegeEscalation is not null), (place.Child("procMount"), context.ProcMount is not null),
                (place.Child("runAsUser"), context.RunAsUser is not null), (place.Child("runAsGroup"), context.RunAsGroup is not null));
        }
    }

    private static void Refuse(List<FieldError> errors, params ReadOnlySpan<(FieldPath Path, bool IsSet)> fields)
    {
        foreach (var (path, isSet) in fields)
        {
            if (isSet) errors.Add(FieldError.Forbidden(path, "cannot be set for a windows pod"));
        }
    }
}
