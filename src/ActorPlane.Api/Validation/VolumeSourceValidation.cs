using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// The sources of a pod's volumes: one each, with what it needs. Source: pkg/apis/core/validation/validation.go validateVolumeSource and the
/// functions that it calls.
/// </summary>
internal static class VolumeSourceValidation
{
    public const string MoreThanOne = "may not specify more than 1 volume type";
    private const int MostFileMode = 511;
    private const string ModeText = "must be a number between 0 and 0777 (octal), both inclusive";

    /// <param name="pod">The name of the pod, or null for a template.</param>
    public static void Validate(List<FieldError> errors, FieldPath path, Volume volume, string? pod)
    {
        var found = false;
        foreach (var (given, field, check) in Sources(volume, path, pod))
        {
            if (!given) continue;
            if (found) errors.Add(FieldError.Forbidden(path.Child(field), MoreThanOne));
            else check?.Invoke(errors);
            found = true;
        }

        if (!found) errors.Add(FieldError.Required(path, "must specify a volume type"));
    }

    /// <summary>Source: validateHostPathVolumeSource.</summary>
    public static void HostPath(List<FieldError> errors, FieldPath path, HostPathVolumeSource source)
    {
        if (source.Path.IsBlank())
        {
            errors.Add(FieldError.Required(path.Child("path")));
            return;
        }

        PathRules.NoBacksteps(errors, path.Child("path"), source.Path!);
        if (source.Type is { } type)
            Checks.OneOf(errors, path.Child("type"), type, "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");
    }

    /// <summary>Source: validateNFSVolumeSource.</summary>
    public static void Nfs(List<FieldError> errors, FieldPath path, NFSVolumeSource source)
    {
        Needs(errors, path, ("server", source.Server), ("path", source.Path));
        if (source.Path is not ['/', ..]) errors.Add(FieldError.Invalid(path.Child("path"), source.Path, "must be an absolute path"));
    }

    /// <summary>Source: ValidateCSIDriverName.</summary>
    public static void Driver(List<FieldError> errors, FieldPath path, string? driver)
    {
        driver ??= "";
        if (driver.Length == 0) errors.Add(FieldError.Required(path));
        if (driver.Length > 63) errors.Add(FieldError.TooLong(path, 63));
        Checks.All(errors, path, driver, NameRules.DnsSubdomain(driver.ToLowerInvariant()));
    }

    /// <summary>Those of several texts that are missing.</summary>
    public static void Needs(List<FieldError> errors, FieldPath path, params ReadOnlySpan<(string Field, string? Value)> needed)
    {
        foreach (var (field, value) in needed)
        {
            if (value.IsBlank()) errors.Add(FieldError.Required(path.Child(field)));
        }
    }

    /// <summary>Rights of files.</summary>
    public static void Mode(List<FieldError> errors, FieldPath path, int? mode)
    {
        if (mode is < 0 or > MostFileMode) errors.Add(FieldError.Invalid(path, mode.Value, ModeText));
    }

    /// <summary>Source: validateKeyToPath.</summary>
    public static void Item(List<FieldError> errors, FieldPath path, KeyToPath item)
    {
        Needs(errors, path, ("key", item.Key), ("path", item.Path));
        PathRules.Local(errors, path.Child("path"), item.Path ?? "");
        Mode(errors, path.Child("mode"), item.Mode);
    }

    /// <summary>Source: validateGCEPersistentDiskVolumeSource, validateAWSElasticBlockStoreVolumeSource.</summary>
    public static void Partition(List<FieldError> errors, FieldPath path, int? partition)
    {
        if (partition is < 0 or > 255) errors.Add(FieldError.Invalid(path.Child("partition"), partition.Value, "must be between 1 and 255, inclusive"));
    }

    // In the real server's order; some of its paths are not those of the fields.
    private static (bool Given, string Field, Action<List<FieldError>>? Check)[] Sources(Volume v, FieldPath path, string? pod) =>
    [
        (v.EmptyDir is not null, "emptyDir", errors =>
        {
            if (v.EmptyDir!.SizeLimit is { Sign: < 0 }) errors.Add(FieldError.Forbidden(path.Child("emptyDir").Child("sizeLimit"), "SizeLimit field must be a valid resource quantity"));
        }),
        (v.HostPath is not null, "hostPath", errors => HostPath(errors, path.Child("hostPath"), v.HostPath!)),
        (v.GitRepo is not null, "gitRepo", errors =>
        {
            Needs(errors, path.Child("gitRepo"), ("repository", v.GitRepo!.Repository));
            PathRules.Descending(errors, path.Child("gitRepo").Child("directory"), v.GitRepo.Directory ?? "");
        }),
        (v.GcePersistentDisk is not null, "gcePersistentDisk", errors =>
        {
            Needs(errors, path.Child("persistentDisk"), ("pdName", v.GcePersistentDisk!.PdName));
            Partition(errors, path.Child("persistentDisk"), v.GcePersistentDisk.Partition);
        }),
        (v.AwsElasticBlockStore is not null, "awsElasticBlockStore", errors =>
        {
            Needs(errors, path.Child("awsElasticBlockStore"), ("volumeID", v.AwsElasticBlockStore!.VolumeID));
            Partition(errors, path.Child("awsElasticBlockStore"), v.AwsElasticBlockStore.Partition);
        }),
        (v.Secret is not null, "secret", errors => Files(errors, path.Child("secret"), "secretName", v.Secret!.SecretName, v.Secret.DefaultMode, v.Secret.Items)),
        (v.Nfs is not null, "nfs", errors => Nfs(errors, path.Child("nfs"), v.Nfs!)),
        (v.Iscsi is not null, "iscsi", errors => Needs(errors, path.Child("iscsi"), ("targetPortal", v.Iscsi!.TargetPortal), ("iqn", v.Iscsi.Iqn))),
        (v.Glusterfs is not null, "glusterfs", errors => Needs(errors, path.Child("glusterfs"), ("endpoints", v.Glusterfs!.Endpoints), ("path", v.Glusterfs.Path))),
        (v.Flocker is not null, "flocker", null),
        (v.PersistentVolumeClaim is not null, "persistentVolumeClaim", errors => Needs(errors, path.Child("persistentVolumeClaim"), ("claimName", v.PersistentVolumeClaim!.ClaimName))),
        (v.Rbd is not null, "rbd", errors =>
        {
            if (v.Rbd!.Monitors.IsEmpty) errors.Add(FieldError.Required(path.Child("rbd").Child("monitors")));
            Needs(errors, path.Child("rbd"), ("image", v.Rbd.Image));
        }),
        (v.Cinder is not null, "cinder", errors => Needs(errors, path.Child("cinder"), ("volumeID", v.Cinder!.VolumeID))),
        (v.Cephfs is not null, "cephFS", errors =>
        {
            if (v.Cephfs!.Monitors.IsEmpty) errors.Add(FieldError.Required(path.Child("cephfs").Child("monitors")));
        }),
        (v.Quobyte is not null, "quobyte", errors => Needs(errors, path.Child("quobyte"), ("volume", v.Quobyte!.Volume))),
        (v.DownwardAPI is not null, "downwarAPI", errors => ProjectedVolumeValidation.Downward(errors, path.Child("downwardAPI"), v.DownwardAPI!)),
        (v.Fc is not null, "fc", errors => FibreChannel(errors, path.Child("fc"), v.Fc!)),
        (v.FlexVolume is not null, "flexVolume", errors => Needs(errors, path.Child("flexVolume"), ("driver", v.FlexVolume!.Driver))),
        (v.ConfigMap is not null, "configMap", errors => Files(errors, path.Child("configMap"), "name", v.ConfigMap!.Name, v.ConfigMap.DefaultMode, v.ConfigMap.Items)),
        (v.AzureFile is not null, "azureFile", errors => Needs(errors, path.Child("azureFile"), ("secretName", v.AzureFile!.SecretName), ("shareName", v.AzureFile.ShareName))),
        (v.VsphereVolume is not null, "vsphereVolume", errors => Needs(errors, path.Child("vsphereVolume"), ("volumePath", v.VsphereVolume!.VolumePath))),
        (v.PhotonPersistentDisk is not null, "photonPersistentDisk", errors => Needs(errors, path.Child("photonPersistentDisk"), ("pdID", v.PhotonPersistentDisk!.PdID))),
        (v.PortworxVolume is not null, "portworxVolume", errors => Needs(errors, path.Child("portworxVolume"), ("volumeID", v.PortworxVolume!.VolumeID))),
        (v.AzureDisk is not null, "azureDisk", errors => Needs(errors, path.Child("azureDisk"), ("diskName", v.AzureDisk!.DiskName), ("diskURI", v.AzureDisk.DiskURI))),
        (v.Storageos is not null, "storageos", errors => Needs(errors, path.Child("storageos"), ("volumeName", v.Storageos!.VolumeName))),
        (v.Projected is not null, "projected", errors => ProjectedVolumeValidation.Validate(errors, path.Child("projected"), v.Projected!)),
        (v.ScaleIO is not null, "scaleIO", errors =>
            Needs(errors, path.Child("scaleIO"), ("gateway", v.ScaleIO!.Gateway), ("system", v.ScaleIO.System), ("volumeName", v.ScaleIO.VolumeName))),
        (v.Csi is not null, "csi", errors => Csi(errors, path.Child("csi"), v.Csi!)),
        (v.Ephemeral is not null, "ephemeral", errors => Ephemeral(errors, path, v, pod)),
        (v.Image is not null, "image", errors =>
        {
            if (pod is not null) Needs(errors, path.Child("image"), ("reference", v.Image!.Reference));
            ContainerValidation.PullPolicy(errors, path.Child("image").Child("pullPolicy"), v.Image!.PullPolicy);
        }),
    ];

    private static void Files(List<FieldError> errors, FieldPath path, string field, string? name, int? mode, ValueList<KeyToPath> items)
    {
        Needs(errors, path, (field, name));
        Mode(errors, path.Child("defaultMode"), mode);
        for (var i = 0; i < items.Count; i++) Item(errors, path.Child("items").Index(i), items[i]);
    }

    private static void FibreChannel(List<FieldError> errors, FieldPath path, FCVolumeSource source)
    {
        var (byName, byId) = (!source.TargetWWNs.IsEmpty, !source.Wwids.IsEmpty);
        if (!byName && !byId) errors.Add(FieldError.Required(path.Child("targetWWNs"), "must specify either targetWWNs or wwids, but not both"));
        if (byName && byId) errors.Add(FieldError.InvalidGo(path.Child("targetWWNs"), GoText.List(source.TargetWWNs), "targetWWNs and wwids can not be specified simultaneously"));
        if (!byName) return;
        if (source.Lun is not { } lun) errors.Add(FieldError.Required(path.Child("lun"), "lun is required if targetWWNs is specified"));
        else if (lun is < 0 or > 255) errors.Add(FieldError.Invalid(path.Child("lun"), lun, "must be between 0 and 255, inclusive"));
    }

    private static void Csi(List<FieldError> errors, FieldPath path, CSIVolumeSource source)
    {
        Driver(errors, path.Child("driver"), source.Driver);
        if (source.NodePublishSecretRef is not { } secret) return;
        if (secret.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("nodePublishSecretRef").Child("name")));
        else Checks.All(errors, path.Child("name"), secret.Name, NameRules.DnsSubdomain(secret.Name!));
    }

    private static void Ephemeral(List<FieldError> errors, FieldPath path, Volume volume, string? pod)
    {
        var at = path.Child("ephemeral").Child("volumeClaimTemplate");
        if (volume.Ephemeral!.VolumeClaimTemplate is { } template) VolumeValidation.Template(errors, at, template.Metadata, template.Spec);
        else errors.Add(FieldError.Required(at));
        if (pod.IsBlank() || volume.Name.IsBlank()) return;
        var claim = $"{pod}-{volume.Name}";
        foreach (var problem in NameRules.DnsSubdomain(claim)) errors.Add(FieldError.Invalid(path.Child("name"), volume.Name, $"PVC name {GoText.Quote(claim)}: {problem}"));
    }
}
