using System.Text.RegularExpressions;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// Fields of a pod besides its containers and its placement. Source: pkg/apis/core/validation/validation.go validatePodSpecSecurityContext,
/// ValidateHostAliases, validatePodDNSConfig, validateSeccompProfileField, validateAppArmorProfileField.
/// </summary>
internal static class PodFieldValidation
{
    private const int MostNameservers = 3;
    private const int MostSearches = 32;

    private const string SysctlSegment = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private const string SysctlPattern = "(" + SysctlSegment + "[\\./])*" + SysctlSegment;
    private static readonly Regex Sysctl = new("^(?=.{1,253}$)" + SysctlPattern + "$", RegexOptions.CultureInvariant);

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
            else if (!Sysctl.IsMatch(name!)) errors.Add(FieldError.Invalid(at, name, $"must have at most 253 characters and match regex {SysctlPattern}"));
            else if (!names.Add(name!)) errors.Add(FieldError.Duplicate(at, name));
        }

        Profiles(errors, path, context.SeccompProfile, context.AppArmorProfile);
    }

    public static void Security(List<FieldError> errors, FieldPath path, SecurityContext? context)
    {
        if (context is null) return;
        Id(errors, path.Child("runAsUser"), context.RunAsUser);
        Id(errors, path.Child("runAsGroup"), context.RunAsGroup);
        if (context.ProcMount is { } mount) Checks.OneOf(errors, path.Child("procMount"), mount, "Default", "Unmasked");
        Profiles(errors, path, context.SeccompProfile, context.AppArmorProfile);
        if (context is { AllowPrivilegeEscalation: false, Privileged: true })
            errors.Add(FieldError.InvalidGo(path, JsonCodec.ToTree(context).ToString(), "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"));
    }

    private static void Profiles(List<FieldError> errors, FieldPath path, SeccompProfile? seccomp, AppArmorProfile? appArmor)
    {
        if (seccomp is not null) Profile(errors, path, "seccompProfile", "seccomp", seccomp.Type, seccomp.LocalhostProfile);
        if (appArmor is not null) Profile(errors, path, "appArmorProfile", "AppArmor", appArmor.Type, appArmor.LocalhostProfile);
    }

    private static void Profile(List<FieldError> errors, FieldPath path, string field, string what, string? type, string? file)
    {
        var at = path.Child(field);
        if (type.IsBlank()) errors.Add(FieldError.Required(at.Child("type"), $"type is required when {field} is set"));
        else Checks.OneOf(errors, at.Child("type"), type, "Localhost", "RuntimeDefault", "Unconfined");
        if (type != "Localhost") return;
        if (file is null) errors.Add(FieldError.Required(at.Child("localhostProfile"), $"must be set when {what} type is Localhost"));
        else Checks.DescendingPath(errors, at.Child("localhostProfile"), file);
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
            for (var i = 0; i < config.Searches.Count; i++)
            {
                var search = config.Searches[i];
                if (search != ".") Checks.All(errors, dns.Child("searches").Index(i), search, NameRules.DnsSubdomain(search.EndsWith('.') ? search[..^1] : search));
            }

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

    private static void Id(List<FieldError> errors, FieldPath path, long? id)
    {
        if (id is < 0 or > int.MaxValue) errors.Add(FieldError.Invalid(path, id.Value, "must be between 0 and 2147483647, inclusive"));
    }
}
