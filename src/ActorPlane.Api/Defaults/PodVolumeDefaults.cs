using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Volumes of pods. Source: pkg/apis/core/v1/defaults.go SetDefaults_Volume and those of its sources.</summary>
internal static class PodVolumeDefaults
{
    // 0644
    private const int FileMode = 420;

    public static Volume Apply(Volume v)
    {
        if (v.Secret is { DefaultMode: null } secret) return v with { Secret = secret with { DefaultMode = FileMode } };
        if (v.ConfigMap is { DefaultMode: null } configMap) return v with { ConfigMap = configMap with { DefaultMode = FileMode } };
        if (v.Projected is { } projected) return Apply(v, projected);
        if (v.DownwardAPI is { } downward)
        {
            var items = downward.Items.Each(Apply);
            return downward.DefaultMode is not null && ReferenceEquals(items, downward.Items)
                ? v : v with { DownwardAPI = downward with { DefaultMode = downward.DefaultMode ?? FileMode, Items = items } };
        }

        if (v.HostPath is { Type: null } hostPath) return v with { HostPath = hostPath with { Type = "" } };
        if (v.Ephemeral?.VolumeClaimTemplate is { Spec.VolumeMode: null } template)
        {
            return v with { Ephemeral = v.Ephemeral with { VolumeClaimTemplate = template with { Spec = template.Spec with { VolumeMode = "Filesystem" } } } };
        }

        if (v.Iscsi is { } iscsi && iscsi.IscsiInterface.IsBlank()) return v with { Iscsi = iscsi with { IscsiInterface = "default" } };
        if (v.Image is { } image && image.PullPolicy.IsBlank()) return v with { Image = image with { PullPolicy = ContainerDefaults.PullPolicy(image.Reference) } };
        if (v.Rbd is { } rbd && (rbd.Pool.IsBlank() || rbd.User.IsBlank() || rbd.Keyring.IsBlank()))
        {
            return v with
            {
                Rbd = rbd with
                {
                    Pool = rbd.Pool.IsBlank() ? "rbd" : rbd.Pool,
                    User = rbd.User.IsBlank() ? "admin" : rbd.User,
                    Keyring = rbd.Keyring.IsBlank() ? "/etc/ceph/keyring" : rbd.Keyring,
                },
            };
        }

        return HasSource(v) ? v : v with { EmptyDir = EmptyDirVolumeSource.Empty };
    }

    private static Volume Apply(Volume v, ProjectedVolumeSource projected)
    {
        var sources = projected.Sources.Each(static source =>
        {
            if (source.ServiceAccountToken is { ExpirationSeconds: null } token)
            {
                source = source with { ServiceAccountToken = token with { ExpirationSeconds = 3600 } };
            }

            if (source.DownwardAPI is { } downward)
            {
                var items = downward.Items.Each(Apply);
                if (!ReferenceEquals(items, downward.Items)) source = source with { DownwardAPI = downward with { Items = items } };
            }

            return source;
        });
        return projected.DefaultMode is not null && ReferenceEquals(sources, projected.Sources)
            ? v : v with { Projected = projected with { DefaultMode = projected.DefaultMode ?? FileMode, Sources = sources } };
    }

    private static DownwardAPIVolumeFile Apply(DownwardAPIVolumeFile file) =>
        file.FieldRef is { } reference && reference.ApiVersion.IsBlank() ? file with { FieldRef = reference with { ApiVersion = "v1" } } : file;

    /// <summary>Whether the volume says where its files come from.</summary>
    public static bool HasSource(Volume v) =>
        v.HostPath is not null || v.EmptyDir is not null || v.GcePersistentDisk is not null || v.AwsElasticBlockStore is not null
        || v.GitRepo is not null || v.Secret is not null || v.Nfs is not null || v.Iscsi is not null || v.Glusterfs is not null
        || v.PersistentVolumeClaim is not null || v.Rbd is not null || v.FlexVolume is not null || v.Cinder is not null || v.Cephfs is not null
        || v.Flocker is not null || v.DownwardAPI is not null || v.Fc is not null || v.AzureFile is not null || v.ConfigMap is not null
        || v.VsphereVolume is not null || v.Quobyte is not null || v.AzureDisk is not null || v.PhotonPersistentDisk is not null
        || v.Projected is not null || v.PortworxVolume is not null || v.ScaleIO is not null || v.Storageos is not null || v.Csi is not null
        || v.Ephemeral is not null || v.Image is not null;
}
