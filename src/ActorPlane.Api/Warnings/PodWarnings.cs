using System.Globalization;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>Warnings for pods and templates of pods. Source: pkg/api/pod/warnings.go.</summary>
internal static class PodWarnings
{
    private const string Seccomp = "seccomp.security.alpha.kubernetes.io/pod";
    private const string SeccompPrefix = "container.seccomp.security.alpha.kubernetes.io/";
    private const string AppArmorPrefix = "container.apparmor.security.beta.kubernetes.io/";
    private const string NoSelector = "a null labelSelector results in matching no pod";

    private static readonly (string Key, string Text)[] OldAnnotations =
    [
        ("scheduler.alpha.kubernetes.io/critical-pod", "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
        ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
        ("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
    ];

    /// <summary>All warnings, in the order in which the real server finds them.</summary>
    /// <param name="path">Where metadata and spec are: the root for a pod.</param>
    public static IEnumerable<string> Of(FieldPath path, ObjectMeta metadata, PodSpec spec)
    {
        var annotations = path.Child("metadata").Child("annotations");
        var at = path.Child("spec");
        return
        [
            .. Placement(at, spec),
            .. OldAnnotations.Where(old => metadata.Annotations.ContainsKey(old.Key)).Select(old => $"{annotations.Key(old.Key)}: {old.Text}"),
            .. spec.Volumes.SelectMany((volume, i) => Of(at.Child("volumes").Index(i), volume)),
            .. Doubled(at.Child("hostAliases"), "ip", spec.HostAliases.Select(alias => alias.Ip)),
            .. Doubled(at.Child("imagePullSecrets"), "name", spec.ImagePullSecrets.Select(secret => secret.Name)),
            .. spec.ImagePullSecrets.Select((secret, i) => (secret.Name, Index: i)).Where(secret => string.IsNullOrEmpty(secret.Name))
                .Select(secret => $"{at.Child("imagePullSecrets").Index(secret.Index).Child("name")}: invalid empty name \"\""),
            .. VolumeWarnings.Bytes(at.Child("overhead"), "memory", spec.Overhead),
            .. VolumeWarnings.Bytes(at.Child("overhead"), "ephemeral-storage", spec.Overhead),
            .. spec.SecurityContext?.SeccompProfile is null && metadata.Annotations.ContainsKey(Seccomp) ? [Unused(annotations, Seccomp)] : Array.Empty<string>(),
            .. Containers(at, spec).SelectMany(container => Of(container, metadata, annotations)),
            .. Ports(at, spec),
            .. spec.TerminationGracePeriodSeconds < 0
                ? [$"{at.Child("terminationGracePeriodSeconds")}: must be >= 0; negative values are invalid and will be treated as 1"]
                : Array.Empty<string>(),
            .. Affinity(at.Child("affinity"), spec.Affinity),
        ];
    }

    /// <summary>The old annotations of AppArmor, where no field takes their place.</summary>
    public static IEnumerable<string> AppArmor(FieldPath path, ObjectMeta metadata, PodSpec spec) =>
        spec.SecurityContext?.AppArmorProfile is not null
            ? []
            : Containers(path.Child("spec"), spec).Where(container => container.Security?.AppArmorProfile is null)
                .Select(container => AppArmorPrefix + container.Name).Where(metadata.Annotations.ContainsKey)
                .Select(key => $"{path.Child("metadata").Child("annotations").Key(key)}: deprecated since v1.30; use the \"appArmorProfile\" field instead");

    private static IEnumerable<string> Placement(FieldPath at, PodSpec spec)
    {
        foreach (var key in spec.NodeSelector.Keys.Order(StringComparer.Ordinal))
        {
            if (NodeLabels.Deprecated(key) is { } text) yield return $"{at.Child("nodeSelector").Key(key)}: {text}";
        }

        var affinity = at.Child("affinity").Child("nodeAffinity");
        var required = spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? ValueList<NodeSelectorTerm>.Empty;
        var requiredPath = affinity.Child("requiredDuringSchedulingIgnoredDuringExecution").Child("nodeSelectorTerms");
        foreach (var warning in required.SelectMany((term, i) => NodeLabels.Warnings(term, requiredPath.Index(i)))) yield return warning;
        var preferred = spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? ValueList<PreferredSchedulingTerm>.Empty;
        var preferredPath = affinity.Child("preferredDuringSchedulingIgnoredDuringExecution");
        foreach (var warning in preferred.SelectMany((term, i) => NodeLabels.Warnings(term.Preference, preferredPath.Index(i).Child("preference")))) yield return warning;
        for (var i = 0; i < spec.TopologySpreadConstraints.Count; i++)
        {
            var (constraint, path) = (spec.TopologySpreadConstraints[i], at.Child("topologySpreadConstraints").Index(i));
            if (NodeLabels.Deprecated(constraint.TopologyKey) is { } text) yield return $"{path.Child("topologyKey")}: {constraint.TopologyKey} is {text}";
            if (constraint.LabelSelector is null) yield return $"{path.Child("labelSelector")}: {NoSelector}";
        }
    }

    private static IEnumerable<string> Of(FieldPath path, Volume volume)
    {
        var gone = VolumeWarnings.Gone(
            (volume.PhotonPersistentDisk, "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"), (volume.GitRepo, "gitRepo", "deprecated in v1.11"),
            (volume.ScaleIO, "scaleIO", "deprecated in v1.16, non-functional in v1.22+"), (volume.Flocker, "flocker", "deprecated in v1.22, non-functional in v1.25+"),
            (volume.Storageos, "storageOS", "deprecated in v1.22, non-functional in v1.25+"), (volume.Quobyte, "quobyte", "deprecated in v1.22, non-functional in v1.25+"),
            (volume.Glusterfs, "glusterfs", "deprecated in v1.25, non-functional in v1.26+"), (volume.Cephfs, "cephfs", "deprecated in v1.28, non-functional in v1.31+"),
            (volume.Rbd, "rbd", "deprecated in v1.28, non-functional in v1.31+")).Select(found => $"{path.Child(found.Field)}: {found.Text}");
        return volume.Ephemeral?.VolumeClaimTemplate is { } claim
            ? gone.Concat(VolumeWarnings.Of(path.Child("ephemeral").Child("volumeClaimTemplate").Child("spec"), claim.Spec))
            : gone;
    }

    private static IEnumerable<string> Of(Part container, ObjectMeta metadata, FieldPath annotations)
    {
        var key = SeccompPrefix + container.Name;
        if (container.Security?.SeccompProfile is null && metadata.Annotations.ContainsKey(key)) yield return Unused(annotations, key);
        var resources = container.Path.Child("resources");
        foreach (var resource in (string[])["memory", "ephemeral-storage"])
        {
            foreach (var warning in VolumeWarnings.Bytes(resources.Child("limits"), resource, container.Resources.Limits)) yield return warning;
            foreach (var warning in VolumeWarnings.Bytes(resources.Child("requests"), resource, container.Resources.Requests)) yield return warning;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < container.Env.Count; i++)
        {
            var variable = container.Env[i];
            var name = variable.Name ?? "";
            if (names.Add(name)) continue;

            // X=$(X)more goes on from the earlier value; everything else hides it.
            var reference = $"$({name})";
            if (variable.ValueFrom is not null || variable.Value == reference || variable.Value?.Contains(reference, StringComparison.Ordinal) != true)
                yield return $"{container.Path.Child("env").Index(i)}: hides previous definition of {GoText.Quote(name)}, which may be dropped when using apply";
        }
    }

    private static IEnumerable<string> Ports(FieldPath at, PodSpec spec)
    {
        var seen = new List<(FieldPath Path, ContainerPort Port)>();
        foreach (var container in Containers(at, spec))
        {
            for (var i = 0; i < container.Ports.Count; i++)
            {
                var (port, path) = (container.Ports[i], container.Path.Child("ports").Index(i));
                var (address, host) = (port.HostIP ?? "", port.HostPort ?? 0);
                if (address.Length > 0 && host == 0)
                {
                    yield return string.Create(
                        CultureInfo.InvariantCulture,
                        $"{path}: hostIP set without hostPort: {{Name:{port.Name} HostPort:0 ContainerPort:{port.ContainerPort_} Protocol:{port.Protocol} HostIP:{address}}}");
                }

                foreach (var (otherPath, other) in seen.Where(other => other.Port.ContainerPort_ == port.ContainerPort_ && other.Port.Protocol == port.Protocol))
                {
                    var (otherAddress, otherHost) = (other.HostIP ?? "", other.HostPort ?? 0);
                    if (address == otherAddress && host == otherHost) yield return $"{path}: duplicate port definition with {otherPath}";
                    else if (host == 0 || otherHost == 0) yield return $"{path}: overlapping port definition with {otherPath}";
                    else if (host == otherHost && address.Length == 0 != (otherAddress.Length == 0)) yield return $"{path}: dangerously ambiguous port definition with {otherPath}";
                }

                seen.Add((path, port));
            }
        }
    }

    private static IEnumerable<string> Affinity(FieldPath path, Affinity? affinity)
    {
        if (affinity is null) return [];
        return
        [
            .. Terms(path.Child("podAffinity"), affinity.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution, affinity.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution),
            .. Terms(path.Child("podAntiAffinity"), affinity.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution, affinity.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution),
        ];
    }

    private static IEnumerable<string> Terms(FieldPath path, ValueList<PodAffinityTerm>? required, ValueList<WeightedPodAffinityTerm>? preferred) =>
    [
        .. (required ?? []).Select((term, i) => (term.LabelSelector, Path: path.Child("requiredDuringSchedulingIgnoredDuringExecution").Index(i)))
            .Concat((preferred ?? []).Select((term, i) =>
                (term.PodAffinityTerm.LabelSelector, Path: path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i).Child("podAffinityTerm"))))
            .Where(term => term.LabelSelector is null).Select(term => $"{term.Path.Child("labelSelector")}: {NoSelector}"),
    ];

    private static IEnumerable<string> Doubled(FieldPath list, string field, IEnumerable<string?> values)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return values.Select((value, i) => (Value: value ?? "", Index: i)).Where(item => !seen.Add(item.Value))
            .Select(item => $"{list.Index(item.Index).Child(field)}: duplicate {field} {GoText.Quote(item.Value)}").ToList();
    }

    private static string Unused(FieldPath annotations, string key) => $"{annotations.Key(key)}: non-functional in v1.27+; use the \"seccompProfile\" field instead";

    private static IEnumerable<Part> Containers(FieldPath at, PodSpec spec) =>
    [
        .. spec.InitContainers.Select((c, i) => new Part(at.Child("initContainers").Index(i), c.Name, c.SecurityContext, c.Resources, c.Env, c.Ports)),
        .. spec.Containers.Select((c, i) => new Part(at.Child("containers").Index(i), c.Name, c.SecurityContext, c.Resources, c.Env, c.Ports)),
        .. spec.EphemeralContainers.Select((c, i) => new Part(at.Child("ephemeralContainers").Index(i), c.Name, c.SecurityContext, c.Resources, c.Env, c.Ports)),
    ];

    /// <summary>What is looked at in a container of any sort.</summary>
    private sealed record Part(
        FieldPath Path, string? Name, SecurityContext? Security, ResourceRequirements Resources, ValueList<EnvVar> Env, ValueList<ContainerPort> Ports);
}
