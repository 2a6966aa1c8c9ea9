namespace ActorPlane.Api.Generator;

/// <summary>
/// Types and fields of 1.29 to 1.32 on top of a 1.28 schema. A line: type, then fields as <c>name:type=number</c>; a trailing <c>!</c>
/// on the type means required, <c>[]x</c> a list, <c>{}x</c> a map, <c>*</c> in front of a type clears the field's old meaning.
/// Types are given by group, version and name, or one of string, int32, int64, bool, Time, Quantity.
/// </summary>
internal static class Additions
{
    public static readonly string[] Fields = """
        core.v1.SleepAction seconds:int64!=1
        core.v1.LifecycleHandler sleep:core.v1.SleepAction=4
        core.v1.AppArmorProfile type:string!=1 localhostProfile:string=2
        core.v1.PodSecurityContext appArmorProfile:core.v1.AppArmorProfile=11 supplementalGroupsPolicy:string=12 seLinuxChangePolicy:string=13
        core.v1.SecurityContext appArmorProfile:core.v1.AppArmorProfile=12
        core.v1.PodSpec resources:core.v1.ResourceRequirements=40
        core.v1.VolumeMount recursiveReadOnly:string=7
        core.v1.ImageVolumeSource reference:string=1 pullPolicy:string=2
        core.v1.Volume image:core.v1.ImageVolumeSource=30@2
        core.v1.ClusterTrustBundleProjection name:string=1 signerName:string=2 labelSelector:meta.v1.LabelSelector=3 path:string!=4 optional:bool=5
        core.v1.VolumeProjection clusterTrustBundle:core.v1.ClusterTrustBundleProjection=5
        core.v1.PodAffinityTerm matchLabelKeys:[]string=5 mismatchLabelKeys:[]string=6
        core.v1.ResourceClaim request:string=2
        core.v1.PodResourceClaim resourceClaimName:string=3 resourceClaimTemplateName:string=4
        core.v1.VolumeMountStatus name:string!=1 mountPath:string!=2 readOnly:bool=3 recursiveReadOnly:string=4
        core.v1.LinuxContainerUser uid:int64!=1 gid:int64!=2 supplementalGroups:[]int64=3
        core.v1.ContainerUser linux:core.v1.LinuxContainerUser=1
        core.v1.ResourceHealth resourceID:string!=1 health:string=2
        core.v1.ResourceStatus name:string!=1 resources:[]core.v1.ResourceHealth=2
        core.v1.ContainerStatus volumeMounts:[]core.v1.VolumeMountStatus=12 user:core.v1.ContainerUser=13 allocatedResourcesStatus:[]core.v1.ResourceStatus=14
        core.v1.ServiceSpec trafficDistribution:string=23
        core.v1.LoadBalancerIngress ipMode:string=3
        core.v1.VolumeResourceRequirements limits:{}Quantity=1 requests:{}Quantity=2
        core.v1.PersistentVolumeClaimSpec resources:core.v1.VolumeResourceRequirements=2 volumeAttributesClassName:string=9
        core.v1.ModifyVolumeStatus targetVolumeAttributesClassName:string=1 status:string!=2
        core.v1.PersistentVolumeClaimStatus currentVolumeAttributesClassName:string=8 modifyVolumeStatus:core.v1.ModifyVolumeStatus=9
        core.v1.PersistentVolumeSpec volumeAttributesClassName:string=10
        core.v1.PersistentVolumeStatus lastPhaseTransitionTime:Time=4
        core.v1.NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:bool=1 userNamespaces:bool=2
        core.v1.NodeRuntimeHandler name:string=1 features:core.v1.NodeRuntimeHandlerFeatures=2
        core.v1.NodeFeatures supplementalGroupsPolicy:bool=1
        core.v1.NodeStatus runtimeHandlers:[]core.v1.NodeRuntimeHandler=12 features:core.v1.NodeFeatures=13
        batch.v1.SuccessPolicyRule succeededIndexes:string=1 succeededCount:int32=2
        batch.v1.SuccessPolicy rules:[]batch.v1.SuccessPolicyRule!=1
        batch.v1.JobSpec successPolicy:batch.v1.SuccessPolicy=16 managedBy:string=15 podReplacementPolicy:string=14 backoffLimitPerIndex:int32=12 maxFailedIndexes:int32=13
        batch.v1.JobStatus terminating:int32=11 failedIndexes:string=10
        coordination.v1.LeaseSpec strategy:string=6 preferredHolder:string=7
        meta.v1.FieldSelectorRequirement key:string!=1 operator:string!=2 values:[]string=3
        meta.v1.DeleteOptions ignoreStoreReadErrorWithClusterBreakingPotential:bool=6
        authorization.v1.FieldSelectorAttributes rawSelector:string=1 requirements:[]meta.v1.FieldSelectorRequirement=2
        authorization.v1.LabelSelectorAttributes rawSelector:string=1 requirements:[]meta.v1.LabelSelectorRequirement=2
        authorization.v1.ResourceAttributes fieldSelector:authorization.v1.FieldSelectorAttributes=8 labelSelector:authorization.v1.LabelSelectorAttributes=9
        apiextensions.v1.SelectableField jsonPath:string!=1
        apiextensions.v1.CustomResourceDefinitionVersion selectableFields:[]apiextensions.v1.SelectableField=9
        apiextensions.v1.ValidationRule messageExpression:string=3 reason:string=4 fieldPath:string=5 optionalOldSelf:bool=6
        storage.v1beta1.VolumeAttributesClass metadata:meta.v1.ObjectMeta=1 driverName:string!=2 parameters:{}string=3
        networking.v1beta1.ServiceCIDRSpec cidrs:[]string=1
        networking.v1beta1.ServiceCIDRStatus conditions:[]meta.v1.Condition=1
        networking.v1beta1.ServiceCIDR metadata:meta.v1.ObjectMeta=1 spec:networking.v1beta1.ServiceCIDRSpec=2 status:networking.v1beta1.ServiceCIDRStatus=3
        networking.v1beta1.ParentReference group:string=1 resource:string=2 namespace:string=3 name:string=4
        networking.v1beta1.IPAddressSpec parentRef:networking.v1beta1.ParentReference=1
        networking.v1beta1.IPAddress metadata:meta.v1.ObjectMeta=1 spec:networking.v1beta1.IPAddressSpec=2
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Fields that are gone.</summary>
    public static readonly string[] Removed = ["core.v1.PodResourceClaim.source"];

    /// <summary>Kinds among the added types: definition, group, version, plural, namespaced, has a status subresource.</summary>
    public static readonly (string Type, string Group, string Version, string Plural, bool Namespaced, bool Status)[] Kinds =
    [
        ("storage.v1beta1.VolumeAttributesClass", "storage.k8s.io", "v1beta1", "volumeattributesclasses", false, false),
        ("networking.v1beta1.ServiceCIDR", "networking.k8s.io", "v1beta1", "servicecidrs", false, true),
        ("networking.v1beta1.IPAddress", "networking.k8s.io", "v1beta1", "ipaddresses", false, false),
    ];

    /// <summary>Merge information of added or changed lists: type, field, list type, keys, merge key, strategy.</summary>
    public static readonly (string Field, string ListType, string[] Keys, string? MergeKey, string? Strategy)[] Lists =
    [
        ("core.v1.PodAffinityTerm.matchLabelKeys", "atomic", [], null, null),
        ("core.v1.PodAffinityTerm.mismatchLabelKeys", "atomic", [], null, null),
        ("core.v1.ContainerStatus.volumeMounts", "map", ["mountPath"], "mountPath", "merge"),
        ("core.v1.ContainerStatus.allocatedResourcesStatus", "map", ["name"], "name", "merge"),
        ("core.v1.ResourceStatus.resources", "map", ["resourceID"], null, null),
        ("core.v1.LinuxContainerUser.supplementalGroups", "atomic", [], null, null),
        ("core.v1.NodeStatus.runtimeHandlers", "atomic", [], null, null),
        ("batch.v1.SuccessPolicy.rules", "atomic", [], null, null),
        ("apiextensions.v1.CustomResourceDefinitionVersion.selectableFields", "atomic", [], null, null),
        ("networking.v1beta1.ServiceCIDRSpec.cidrs", "atomic", [], null, null),
        ("networking.v1beta1.ServiceCIDRStatus.conditions", "map", ["type"], "type", "merge"),
    ];

    /// <summary>Versions that became another one since, unchanged in shape: definitions of the left become those of the right.</summary>
    public static readonly (string From, string To, Func<string, bool> Only)[] Promoted =
    [
        ("io.k8s.api.flowcontrol.v1beta3.", "io.k8s.api.flowcontrol.v1.", _ => true),
        ("io.k8s.api.admissionregistration.v1beta1.", "io.k8s.api.admissionregistration.v1.", _ => true),
    ];
}
