using System.Diagnostics.CodeAnalysis;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// Gives a pod its service account and, unless it or the account declines, a volume with the account's token, the cluster's
/// certificates and the namespace. (<c>plugin/pkg/admission/serviceaccount/admission.go</c>.)
/// <para>
/// Two things differ from the real server. The account <c>default</c> need not be there yet: the real server waits up to a
/// second for the controller that makes it. And the pods of one template share the volume's name, as they share their spec.
/// </para>
/// </summary>
public static class ServiceAccountAdmission
{
    /// <summary>Where the token is found in a container.</summary>
    public const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    internal const string ServiceAccounts = "serviceaccounts";
    private const string VolumePrefix = "kube-api-access-";
    private const string DefaultAccount = "default";

    // An hour and a little, so that kubelets renew the token once an hour.
    private const long TokenSeconds = 60 * 60 + 7;
    private const int ReadableByAll = 0b110_100_100;

    private static readonly GroupVersionResource Pods = new("", "v1", "pods");

    /// <summary>The pod with its account, or why it is refused.</summary>
    public static bool TryAdmit(Pod pod, WriteContext context, [NotNullWhen(true)] out Pod? admitted, [NotNullWhen(false)] out Status? refusal)
    {
        (admitted, refusal) = (null, null);
        var spec = pod.Spec;
        var name = string.IsNullOrEmpty(spec.ServiceAccountName) ? DefaultAccount : spec.ServiceAccountName;
        var account = context.Objects.Find(ServiceAccounts, pod.Metadata.Namespace!, name) as ServiceAccount;
        if (account is null && name != DefaultAccount)
        {
            refusal = ApiErrors.Forbidden(
                Pods, pod.Metadata.Name!, $"error looking up service account {pod.Metadata.Namespace}/{name}: serviceaccount \"{name}\" not found");
            return false;
        }

        spec = spec with
        {
            ServiceAccountName = name,
            ServiceAccount = name,
            ImagePullSecrets = spec.ImagePullSecrets.IsEmpty && account is not null ? account.ImagePullSecrets : spec.ImagePullSecrets,
        };
        if (spec.AutomountServiceAccountToken ?? account?.AutomountServiceAccountToken ?? true) spec = WithToken(spec, context.Chance);
        admitted = pod with { Spec = spec };
        return true;
    }

    private static PodSpec WithToken(PodSpec spec, Chance chance)
    {
        if (!spec.Containers.Any(NeedsMount) && !spec.InitContainers.Any(NeedsMount)) return spec;
        var known = spec.Volumes.Find(volume => volume.Name?.StartsWith(VolumePrefix, StringComparison.Ordinal) == true);
        var name = known?.Name ?? VolumePrefix + chance.NextSuffix();
        var mount = new VolumeMount { Name = name, ReadOnly = true, MountPath = MountPath };
        return spec with
        {
            Containers = WithMount(spec.Containers, mount),
            InitContainers = WithMount(spec.InitContainers, mount),
            Volumes = known is null ? spec.Volumes.Add(TokenVolume(name)) : spec.Volumes,
        };
    }

    private static ValueList<Container> WithMount(ValueList<Container> containers, VolumeMount mount) =>
        [.. containers.Select(container => NeedsMount(container) ? container with { VolumeMounts = container.VolumeMounts.Add(mount) } : container)];

    private static bool NeedsMount(Container container) => container.VolumeMounts.FindIndex(mount => mount.MountPath == MountPath) < 0;

    private static Volume TokenVolume(string name) => new()
    {
        Name = name,
        Projected = new ProjectedVolumeSource
        {
            DefaultMode = ReadableByAll,
            Sources =
            [
                new VolumeProjection { ServiceAccountToken = new ServiceAccountTokenProjection { ExpirationSeconds = TokenSeconds, Path = "token" } },
                new VolumeProjection
                {
                    ConfigMap = new ConfigMapProjection { Name = "kube-root-ca.crt", Items = [new KeyToPath { Key = "ca.crt", Path = "ca.crt" }] },
                },
                new VolumeProjection
                {
                    DownwardAPI = new DownwardAPIProjection
                    {
                        Items = [new DownwardAPIVolumeFile { Path = "namespace", FieldRef = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = "metadata.namespace" } }],
                    },
                },
            ],
        },
    };
}
