using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// Fields of a pod besides its containers and its placement. Source: pkg/apis/core/validation/validation.go validatePodSpecSecurityContext,
/// ValidateHostAliases, validatePodDNSConfig, validateVolumeSource.
/// </summary>
internal static class PodFieldValidation
{
    private const int MostNameservers = 3;
    private const int MostSearches = 32;

    public static void Security(List<FieldError> errors, FieldPath path, PodSecurityContext? context)
    {
        if (context is null) return;
        Id(errors, path.Child("runAsUser"), context.RunAsUser);
        Id(errors, path.Child("runAsGroup"), context.RunAsGroup);
        Id(errors, path.Child("fsGroup"), context.FsGroup);
        for (var i = 0; i < context.SupplementalGroups.Count; i++) Id(errors, path.Child("supplementalGroups").Index(i), context.SupplementalGroups[i]);
        if (context.FsGroupChangePolicy is { } policy) Checks.OneOf(errors, path.Child("fsGroupChangePolicy"), policy, "Always", "OnRootMismatch");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < context.Sysctls.Count; i++)
        {
            var at = path.Child("sysctls").Index(i).Child("name");
            var name = context.Sysctls[i].Name;
            if (name.IsBlank()) errors.Add(FieldError.Required(at));
            else if (!names.Add(name!)) errors.Add(FieldError.Duplicate(at, name));
        }
    }

    public static void Security(List<FieldError> errors, FieldPath path, SecurityContext? context)
    {
        if (context is null) return;
        Id(errors, path.Child("runAsUser"), context.RunAsUser);
        Id(errors, path.Child("runAsGroup"), context.RunAsGroup);
        if (context.ProcMount is { } mount) Checks.OneOf(errors, path.Child("procMount"), mount, "Default", "Unmasked");
        if (context is { AllowPrivilegeEscalation: false, Privileged: true })
            errors.Add(FieldError.InvalidGo(path, JsonCodec.ToTree(context).ToString(), "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"));
    }

    public static void Network(List<FieldError> errors, FieldPath path, PodSpec spec)
    {
        var dns = path.Child("dnsConfig");
        if (spec.DnsPolicy == "None")
        {
            if (spec.DnsConfig is null) errors.Add(FieldError.Required(dns, "must provide `dnsConfig` when `dnsPolicy` is None"));
            else if (spec.DnsConfig.Nameservers.IsEmpty) errors.Add(FieldError.Required(dns.Child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None"));
        }

        if (spec.DnsConfig is { } config)
        {
            if (config.Nameservers.Count > MostNameservers)
                errors.Add(FieldError.InvalidGo(dns.Child("nameservers"), GoText.List(config.Nameservers), $"must not have more than {MostNameservers} nameservers"));
            for (var i = 0; i < config.Nameservers.Count; i++) Checks.All(errors, dns.Child("nameservers").Index(i), config.Nameservers[i], NameRules.IpAddress(config.Nameservers[i]));
            if (config.Searches.Count > MostSearches)
                errors.Add(FieldError.InvalidGo(dns.Child("searches"), GoText.List(config.Searches), $"must not have more than {MostSearches} search paths"));
            for (var i = 0; i < config.Options.Count; i++)
            {
                if (config.Options[i].Name.IsBlank()) errors.Add(FieldError.Required(dns.Child("options").Index(i), "must not be empty"));
            }
        }

        for (var i = 0; i < spec.HostAliases.Count; i++)
        {
            var at = path.Child("hostAliases").Index(i);
            Checks.All(errors, at.Child("ip"), spec.HostAliases[i].Ip, NameRules.IpAddress(spec.HostAliases[i].Ip ?? ""));
            foreach (var name in spec.HostAliases[i].Hostnames) Checks.All(errors, at.Child("hostnames"), name, NameRules.DnsSubdomain(name));
        }
    }

    /// <summary>A volume has one source, with what the source needs.</summary>
    public static void Source(List<FieldError> errors, FieldPath path, Volume volume)
    {
        var found = false;
        foreach (var (name, given) in Sources(volume))
        {
            if (!given) continue;
            if (found) errors.Add(FieldError.Forbidden(path.Child(name), "may not specify more than one volume type"));
            found = true;
        }

        if (volume.Nfs is { } nfs)
        {
            if (nfs.Server.IsBlank()) errors.Add(FieldError.Required(path.Child("nfs").Child("server")));
            if (nfs.Path.IsBlank()) errors.Add(FieldError.Required(path.Child("nfs").Child("path")));
            else if (nfs.Path![0] != '/') errors.Add(FieldError.Invalid(path.Child("nfs").Child("path"), nfs.Path, "must be an absolute path"));
        }

        if (volume.HostPath is { Path: { } host } && host.Split('/').Contains(".."))
            errors.Add(FieldError.Invalid(path.Child("hostPath").Child("path"), host, "must not contain '..'"));
        Items(errors, path.Child("secret"), volume.Secret?.Items);
        Items(errors, path.Child("configMap"), volume.ConfigMap?.Items);
    }

    private static (string Name, bool Given)[] Sources(Volume volume) =>
    [
        ("emptyDir", volume.EmptyDir is not null), ("hostPath", volume.HostPath is not null), ("gitRepo", volume.GitRepo is not null),
        ("secret", volume.Secret is not null), ("nfs", volume.Nfs is not null), ("iscsi", volume.Iscsi is not null),
        ("persistentVolumeClaim", volume.PersistentVolumeClaim is not null), ("downwardAPI", volume.DownwardAPI is not null), ("fc", volume.Fc is not null),
        ("configMap", volume.ConfigMap is not null), ("projected", volume.Projected is not null), ("csi", volume.Csi is not null),
        ("ephemeral", volume.Ephemeral is not null), ("image", volume.Image is not null),
    ];

    private static void Items(List<FieldError> errors, FieldPath path, ValueList<KeyToPath>? items)
    {
        for (var i = 0; i < (items?.Count ?? 0); i++)
        {
            var (at, item) = (path.Child("items").Index(i), items![i]);
            if (item.Key.IsBlank()) errors.Add(FieldError.Required(at.Child("key")));
            if (item.Path.IsBlank()) errors.Add(FieldError.Required(at.Child("path")));
            else if (item.Path![0] == '/') errors.Add(FieldError.Invalid(at.Child("path"), item.Path, "must be a relative path"));
            else if (item.Path.Split('/').Contains("..")) errors.Add(FieldError.Invalid(at.Child("path"), item.Path, "must not contain '..'"));
            if (item.Mode is < 0 or > 511) errors.Add(FieldError.Invalid(at.Child("mode"), item.Mode.Value, "must be a number between 0 and 0777 (octal), both inclusive"));
        }
    }

    private static void Id(List<FieldError> errors, FieldPath path, long? id)
    {
        if (id is < 0 or > int.MaxValue) errors.Add(FieldError.Invalid(path, id.Value, "must be between 0 and 2147483647, inclusive"));
    }
}
