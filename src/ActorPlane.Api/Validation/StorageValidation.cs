using ActorPlane.Api.Storage.V1;

namespace ActorPlane.Api;

/// <summary>Classes, drivers and attachments of volumes. Source: pkg/apis/storage/validation/validation.go.</summary>
internal static class StorageValidation
{
    private const int MostParameters = 512;
    private const int MostParameterBytes = 256 * 1024;
    private const int LongestNodeId = 128;
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, StorageClass value)
    {
        var path = FieldPath.Of("provisioner");
        if (value.Provisioner.IsBlank()) errors.Add(FieldError.Required(path));
        else Checks.All(errors, path, value.Provisioner, NameRules.QualifiedName(value.Provisioner!.ToLowerInvariant()));
        path = FieldPath.Of("parameters");
        if (value.Parameters.Count > MostParameters) errors.Add(FieldError.TooLong(path, MostParameters));
        else if (value.Parameters.Sum(entry => (long)entry.Key.Length + entry.Value.Length) > MostParameterBytes) errors.Add(FieldError.TooLong(path, MostParameterBytes));
        if (!value.ReclaimPolicy.IsBlank()) Checks.OneOf(errors, FieldPath.Of("reclaimPolicy"), value.ReclaimPolicy, "Delete", "Retain");
        Checks.OneOf(errors, FieldPath.Of("volumeBindingMode"), value.VolumeBindingMode, "Immediate", "WaitForFirstConsumer");
        for (var t = 0; t < value.AllowedTopologies.Count; t++)
        {
            var expressions = value.AllowedTopologies[t].MatchLabelExpressions;
            for (var e = 0; e < expressions.Count; e++)
            {
                var (at, expression) = (FieldPath.Of("allowedTopologies").Index(t).Child("matchLabelExpressions").Index(e), expressions[e]);
                if (expression.Values.IsEmpty) errors.Add(FieldError.Required(at.Child("values")));
                for (var v = 0; v < expression.Values.Count; v++)
                {
                    if (expression.Values.Take(v).Contains(expression.Values[v])) errors.Add(FieldError.Duplicate(at.Child("values").Index(v), expression.Values[v]));
                }

                Checks.All(errors, at.Child("key"), expression.Key, NameRules.QualifiedName(expression.Key ?? ""));
                if (expressions.Take(e).Any(other => other.Key == expression.Key)) errors.Add(FieldError.Duplicate(at.Child("key"), expression.Key));
            }
        }
    }

    public static void ValidateUpdate(List<FieldError> errors, StorageClass value, StorageClass old)
    {
        if (value.Parameters != old.Parameters) errors.Add(FieldError.Forbidden(FieldPath.Of("parameters"), "updates to parameters are forbidden."));
        if (value.Provisioner != old.Provisioner) errors.Add(FieldError.Forbidden(FieldPath.Of("provisioner"), "updates to provisioner are forbidden."));
        if (value.ReclaimPolicy != old.ReclaimPolicy) errors.Add(FieldError.Forbidden(FieldPath.Of("reclaimPolicy"), "updates to reclaimPolicy are forbidden."));
        if (value.VolumeBindingMode != old.VolumeBindingMode) errors.Add(FieldError.Invalid(FieldPath.Of("volumeBindingMode"), value.VolumeBindingMode, Checks.Immutable));
    }

    public static void Validate(List<FieldError> errors, CSIDriver value)
    {
        VolumeSourceValidation.Driver(errors, FieldPath.Of("name"), value.Metadata.Name);
        if (value.Spec.AttachRequired is null) errors.Add(FieldError.Required(Path.Child("attachedRequired")));
        if (value.Spec.PodInfoOnMount is null) errors.Add(FieldError.Required(Path.Child("podInfoOnMount")));
        if (value.Spec.StorageCapacity is null) errors.Add(FieldError.Required(Path.Child("storageCapacity")));
        if (value.Spec.FsGroupPolicy is { } policy) Checks.OneOf(errors, Path.Child("fsGroupPolicy"), policy, "File", "None", "ReadWriteOnceWithFSType");
        for (var i = 0; i < value.Spec.TokenRequests.Count; i++)
        {
            var (at, token) = (Path.Child("tokenRequests").Index(i), value.Spec.TokenRequests[i]);
            if (value.Spec.TokenRequests.Take(i).Any(other => other.Audience == token.Audience)) errors.Add(FieldError.Duplicate(at.Child("audience"), token.Audience));
            if (token.ExpirationSeconds < 600) errors.Add(FieldError.Invalid(at.Child("expirationSeconds"), token.ExpirationSeconds.Value, "may not specify a duration less than 10 minutes"));
            if (token.ExpirationSeconds > 1L << 32) errors.Add(FieldError.Invalid(at.Child("expirationSeconds"), token.ExpirationSeconds.Value, "may not specify a duration larger than 2^32 seconds"));
        }

        foreach (var mode in value.Spec.VolumeLifecycleModes) Checks.OneOf(errors, Path.Child("volumeLifecycleModes"), mode, "Persistent", "Ephemeral");
    }

    public static void ValidateUpdate(List<FieldError> errors, CSIDriver value, CSIDriver old)
    {
        if (value.Spec.AttachRequired != old.Spec.AttachRequired)
            errors.Add(FieldError.InvalidGo(Path.Child("attachedRequired"), value.Spec.AttachRequired == true ? "true" : "false", Checks.Immutable));
        if (value.Spec.FsGroupPolicy != old.Spec.FsGroupPolicy) errors.Add(FieldError.Invalid(Path.Child("fsGroupPolicy"), value.Spec.FsGroupPolicy, Checks.Immutable));
        if (value.Spec.VolumeLifecycleModes != old.Spec.VolumeLifecycleModes)
            errors.Add(FieldError.InvalidGo(Path.Child("volumeLifecycleModes"), GoText.List(value.Spec.VolumeLifecycleModes, "storage.VolumeLifecycleMode"), Checks.Immutable));
    }

    public static void Validate(List<FieldError> errors, CSIStorageCapacity value)
    {
        Checks.Selector(errors, FieldPath.Of("nodeTopology"), value.NodeTopology);
        Checks.All(errors, FieldPath.Of("storageClassName"), value.StorageClassName, NameRules.DnsSubdomain(value.StorageClassName ?? ""));
        if (value.Capacity is { Sign: < 0 } capacity) errors.Add(FieldError.Invalid(FieldPath.Of("capacity"), capacity.ToString(), Checks.NotNegative));
        if (value.MaximumVolumeSize is { Sign: < 0 } most) errors.Add(FieldError.Invalid(FieldPath.Of("maximumVolumeSize"), most.ToString(), Checks.NotNegative));
    }

    public static void Validate(List<FieldError> errors, CSINode value)
    {
        for (var i = 0; i < value.Spec.Drivers.Count; i++)
        {
            var (at, driver) = (Path.Child("drivers").Index(i), value.Spec.Drivers[i]);
            VolumeSourceValidation.Driver(errors, at.Child("name"), driver.Name);
            if (driver.NodeID.IsBlank()) errors.Add(FieldError.Required(at.Child("nodeID")));
            if (driver.NodeID?.Length > LongestNodeId) errors.Add(FieldError.Invalid(at.Child("nodeID"), driver.NodeID, $"must be {LongestNodeId} characters or less"));
            Checks.AtLeastZero(errors, at.Child("allocatable").Child("count"), driver.Allocatable?.Count);
            if (value.Spec.Drivers.Take(i).Any(other => other.Name == driver.Name)) errors.Add(FieldError.Duplicate(at.Child("name"), driver.Name));
            for (var k = 0; k < driver.TopologyKeys.Count; k++)
            {
                var key = driver.TopologyKeys[k];
                if (key.Length == 0) errors.Add(FieldError.Required(at));
                if (driver.TopologyKeys.Take(k).Contains(key)) errors.Add(FieldError.Duplicate(at, key));
                foreach (var problem in NameRules.QualifiedName(key)) errors.Add(FieldError.InvalidGo(at, GoText.List(driver.TopologyKeys), problem));
            }
        }
    }

    public static void ValidateUpdate(List<FieldError> errors, CSINode value, CSINode old)
    {
        foreach (var driver in value.Spec.Drivers)
        {
            if (old.Spec.Drivers.Any(before => before.Name == driver.Name && before != driver)) errors.Add(FieldError.InvalidGo(FieldPath.Of("CSINodeDriver"), driver.ToString(), Checks.Immutable));
        }
    }

    public static void Validate(List<FieldError> errors, VolumeAttachment value)
    {
        const string One = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
        var (source, at) = (value.Spec.Source, Path.Child("source"));
        if (value.Spec.Attacher.IsBlank()) errors.Add(FieldError.Required(Path.Child("attacher")));
        if (source is { InlineVolumeSpec: null, PersistentVolumeName: null }) errors.Add(FieldError.Required(at, One));
        else if (source is { InlineVolumeSpec: not null, PersistentVolumeName: not null }) errors.Add(FieldError.Forbidden(at, One));
        else if (source.PersistentVolumeName is "") errors.Add(FieldError.Required(at.Child("persistentVolumeName"), "must specify non empty persistentVolumeName"));
        Checks.All(errors, Path.Child("nodeName"), value.Spec.NodeName, NameRules.DnsSubdomain(value.Spec.NodeName ?? ""));
        VolumeSourceValidation.Driver(errors, Path.Child("attacher"), value.Spec.Attacher);
        if (source.PersistentVolumeName is { } name) Checks.All(errors, at.Child("persistentVolumeName"), name, NameRules.DnsSubdomain(name));
    }

    public static void ValidateUpdate(List<FieldError> errors, VolumeAttachment value, VolumeAttachment old)
    {
        if (value.Spec != old.Spec) errors.Add(FieldError.InvalidGo(Path, value.Spec.ToString(), Checks.Immutable));
    }
}
