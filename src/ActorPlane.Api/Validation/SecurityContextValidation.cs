using System.Text.RegularExpressions;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// The rights of a pod and of its containers. Source: pkg/apis/core/validation/validation.go validatePodSpecSecurityContext,
/// ValidateSecurityContext, validateSysctls, validateSeccompProfileField, ValidateAppArmorProfileField.
/// </summary>
internal static partial class SecurityContextValidation
{
    private const string SysctlPattern = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    private const int LongestSysctl = 253;
    private const int LongestProfile = 4095;

    public static void Validate(List<FieldError> errors, FieldPath path, PodSpec spec)
    {
        if (spec.SecurityContext is not { } context) return;
        Id(errors, path.Child("fsGroup"), context.FsGroup);
        Id(errors, path.Child("runAsUser"), context.RunAsUser);
        Id(errors, path.Child("runAsGroup"), context.RunAsGroup);
        for (var i = 0; i < context.SupplementalGroups.Count; i++) Id(errors, path.Child("supplementalGroups").Index(i), context.SupplementalGroups[i]);
        if (spec is { HostPID: true, ShareProcessNamespace: true })
            errors.Add(FieldError.InvalidGo(path.Child("shareProcessNamespace"), "true", "ShareProcessNamespace and HostPID cannot both be enabled"));
        Sysctls(errors, path.Child("sysctls"), context, spec);
        if (context.FsGroupChangePolicy is { } policy) Checks.OneOf(errors, path.Child("fsGroupChangePolicy"), policy, "Always", "OnRootMismatch");
        Seccomp(errors, path.Child("seccompProfile"), context.SeccompProfile);
        Windows(errors, path.Child("windowsOptions"), context.WindowsOptions);
        AppArmor(errors, path.Child("appArmorProfile"), context.AppArmorProfile);
        if (context.SupplementalGroupsPolicy is { } groups) Checks.OneOf(errors, path.Child("supplementalGroupsPolicy"), groups, "Merge", "Strict");
    }

    public static void Validate(List<FieldError> errors, FieldPath path, SecurityContext? context)
    {
        if (context is null) return;
        Id(errors, path.Child("runAsUser"), context.RunAsUser);
        Id(errors, path.Child("runAsGroup"), context.RunAsGroup);
        if (context.ProcMount is { } mount) Checks.OneOf(errors, path.Child("procMount"), mount, "Default", "Unmasked");
        Seccomp(errors, path.Child("seccompProfile"), context.SeccompProfile);
        if (context.AllowPrivilegeEscalation == false)
        {
            const string Not = "cannot set `allowPrivilegeEscalation` to false and ";
            var printed = JsonCodec.ToTree(context).ToString();
            if (context.Privileged == true) errors.Add(FieldError.InvalidGo(path, printed, Not + "`privileged` to true"));
            if (context.Capabilities?.Add.Contains("CAP_SYS_ADMIN") == true) errors.Add(FieldError.InvalidGo(path, printed, Not + "`capabilities.Add` CAP_SYS_ADMIN"));
        }

        Windows(errors, path.Child("windowsOptions"), context.WindowsOptions);
        AppArmor(errors, path.Child("appArmorProfile"), context.AppArmorProfile);
    }

    [GeneratedRegex(SysctlPattern)]
    private static partial Regex SysctlName();

    private static void Sysctls(List<FieldError> errors, FieldPath path, PodSecurityContext context, PodSpec spec)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < context.Sysctls.Count; i++)
        {
            var (at, name) = (path.Index(i).Child("name"), context.Sysctls[i].Name ?? "");
            if (name.Length == 0) errors.Add(FieldError.Required(at));
            else if (name.Length > LongestSysctl || !SysctlName().IsMatch(name))
                errors.Add(FieldError.Invalid(at, name, $"must have at most {LongestSysctl} characters and match regex {SysctlPattern}"));
            else if (names.Contains(name)) errors.Add(FieldError.Duplicate(at, name));
            names.Add(name);

            // Source: component-helpers/node/util/sysctl/namespace.go.
            if (spec.HostNetwork == true && name.StartsWith("net.", StringComparison.Ordinal)) errors.Add(FieldError.Invalid(at, name, "may not be specified when 'hostNetwork' is true"));
            else if (spec.HostIPC == true && IsOfIpc(name)) errors.Add(FieldError.Invalid(at, name, "may not be specified when 'hostIPC' is true"));
        }
    }

    private static bool IsOfIpc(string name) => name == "kernel.sem" || name.StartsWith("kernel.shm", StringComparison.Ordinal)
        || name.StartsWith("kernel.msg", StringComparison.Ordinal) || name.StartsWith("fs.mqueue.", StringComparison.Ordinal);

    private static void Seccomp(List<FieldError> errors, FieldPath path, SeccompProfile? profile)
    {
        if (profile is null) return;
        if (profile.Type.IsBlank()) errors.Add(FieldError.Required(path.Child("type"), "type is required when seccompProfile is set"));
        else Checks.OneOf(errors, path.Child("type"), profile.Type, "Localhost", "RuntimeDefault", "Unconfined");
        var at = path.Child("localhostProfile");
        if (profile.Type != "Localhost")
        {
            if (profile.LocalhostProfile is not null) errors.Add(FieldError.InvalidGo(at, JsonCodec.ToTree(profile).ToString(), "can only be set when seccomp type is Localhost"));
        }
        else if (profile.LocalhostProfile is { } local)
        {
            PathRules.Descending(errors, at, local);
        }
        else
        {
            errors.Add(FieldError.Required(at, "must be set when seccomp type is Localhost"));
        }
    }

    private static void AppArmor(List<FieldError> errors, FieldPath path, AppArmorProfile? profile)
    {
        if (profile is null) return;
        const string Missing = "must be set when AppArmor type is Localhost";
        var at = path.Child("localhostProfile");
        switch (profile.Type)
        {
            case "Localhost":
                if (profile.LocalhostProfile is not { } local)
                {
                    errors.Add(FieldError.Required(at, Missing));
                    break;
                }

                if (local.Trim().Length != local.Length) errors.Add(FieldError.Invalid(at, local, "must not be padded with whitespace"));
                else if (local.Length == 0) errors.Add(FieldError.Required(at, Missing));
                if (local.Length > LongestProfile) errors.Add(FieldError.TooLong(at, LongestProfile));
                break;
            case "RuntimeDefault" or "Unconfined":
                if (profile.LocalhostProfile is { } other) errors.Add(FieldError.Invalid(at, other, "can only be set when AppArmor type is Localhost"));
                break;
            case null or "":
                errors.Add(FieldError.Required(path.Child("type"), "type is required when appArmorProfile is set"));
                break;
            default:
                errors.Add(FieldError.NotSupported(path.Child("type"), profile.Type, "Localhost", "RuntimeDefault", "Unconfined"));
                break;
        }
    }

    private static void Windows(List<FieldError> errors, FieldPath path, WindowsSecurityContextOptions? options)
    {
        if (options?.GmsaCredentialSpecName is { } name) Checks.All(errors, path.Child("gmsaCredentialSpecName"), name, NameRules.DnsSubdomain(name));
        if (options?.GmsaCredentialSpec is { Length: 0 } spec) errors.Add(FieldError.Invalid(path.Child("gmsaCredentialSpec"), spec, "gmsaCredentialSpec cannot be an empty string"));
        if (options?.RunAsUserName is not { } user) return;
        var at = path.Child("runAsUserName");
        if (user.Length == 0) errors.Add(FieldError.Invalid(at, user, "runAsUserName cannot be an empty string"));
        else if (user.Any(char.IsControl)) errors.Add(FieldError.Invalid(at, user, "runAsUserName cannot contain control characters"));
        else if (user.Count(c => c == '\\') > 1) errors.Add(FieldError.Invalid(at, user, "runAsUserName cannot contain more than one backslash"));
    }

    private static void Id(List<FieldError> errors, FieldPath path, long? id)
    {
        if (id is < 0 or > int.MaxValue) errors.Add(FieldError.Invalid(path, id.Value, "must be between 0 and 2147483647, inclusive"));
    }
}
