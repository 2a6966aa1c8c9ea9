namespace ActorPlane.Api.Generator;

/// <summary>
/// What the published schema does not tell about Go's structs and decides what JSON shows: pointers, values that are always written,
/// order of fields. A line is a type (with group and version where its name is used twice) and fields of it.
/// Source: staging/src/k8s.io/api/*/types.go, apimachinery/pkg/apis/meta/v1/types.go.
/// </summary>
internal static class GoFacts
{
    /// <summary>Plain fields declared as pointers: an empty value that is present is written.</summary>
    public static readonly ILookup<string, string> Pointers = Parse("""
        MutatingWebhook timeoutSeconds failurePolicy matchPolicy sideEffects reinvocationPolicy
        ValidatingWebhook timeoutSeconds failurePolicy matchPolicy sideEffects
        RuleWithOperations scope
        NamedRuleWithOperations scope
        MatchResources matchPolicy
        ServiceReference port path
        WebhookClientConfig url
        ParamRef parameterNotFoundAction
        ValidatingAdmissionPolicySpec failurePolicy
        Validation reason
        DaemonSetSpec revisionHistoryLimit
        DaemonSetStatus collisionCount
        DeploymentSpec progressDeadlineSeconds replicas revisionHistoryLimit
        DeploymentStatus collisionCount
        ReplicaSetSpec replicas
        RollingUpdateStatefulSetStrategy partition
        StatefulSetSpec replicas revisionHistoryLimit
        StatefulSetStatus collisionCount
        TokenRequestSpec expirationSeconds
        HorizontalPodAutoscalerSpec minReplicas targetCPUUtilizationPercentage
        HorizontalPodAutoscalerStatus currentCPUUtilizationPercentage observedGeneration
        HPAScalingRules stabilizationWindowSeconds selectPolicy
        MetricTarget averageUtilization
        MetricValueStatus averageUtilization
        CronJobSpec failedJobsHistoryLimit startingDeadlineSeconds successfulJobsHistoryLimit suspend timeZone
        JobSpec activeDeadlineSeconds backoffLimit backoffLimitPerIndex completions manualSelector maxFailedIndexes parallelism suspend
        JobSpec ttlSecondsAfterFinished completionMode podReplacementPolicy managedBy
        JobStatus ready terminating failedIndexes
        PodFailurePolicyOnExitCodesRequirement containerName
        SuccessPolicyRule succeededIndexes succeededCount
        CertificateSigningRequestSpec expirationSeconds
        LeaseSpec leaseDurationSeconds leaseTransitions holderIdentity strategy preferredHolder
        AzureDiskVolumeSource readOnly cachingMode fsType kind
        AzureFilePersistentVolumeSource secretNamespace
        CSIVolumeSource readOnly fsType
        ClientIPConfig timeoutSeconds
        ConfigMap immutable
        ConfigMapEnvSource optional
        ConfigMapKeySelector optional
        ConfigMapProjection optional
        ConfigMapVolumeSource defaultMode optional
        ContainerStatus started
        Container restartPolicy
        EphemeralContainer restartPolicy
        DownwardAPIVolumeFile mode
        DownwardAPIVolumeSource defaultMode
        FCVolumeSource lun
        GRPCAction service
        GlusterfsPersistentVolumeSource endpointsNamespace
        HostPathVolumeSource type
        ISCSIPersistentVolumeSource initiatorName
        ISCSIVolumeSource initiatorName
        KeyToPath mode
        PersistentVolumeClaimSpec storageClassName volumeMode volumeAttributesClassName
        PersistentVolumeClaimStatus currentVolumeAttributesClassName
        PersistentVolumeSpec volumeMode volumeAttributesClassName
        LocalVolumeSource fsType
        PodDNSConfigOption value
        PodResourceClaim resourceClaimName resourceClaimTemplateName
        PodResourceClaimStatus resourceClaimName
        PodSecurityContext fsGroup runAsGroup runAsNonRoot runAsUser fsGroupChangePolicy supplementalGroupsPolicy seLinuxChangePolicy
        PodSpec activeDeadlineSeconds automountServiceAccountToken enableServiceLinks hostUsers priority setHostnameAsFQDN
        PodSpec shareProcessNamespace terminationGracePeriodSeconds runtimeClassName preemptionPolicy
        Probe terminationGracePeriodSeconds
        ProjectedVolumeSource defaultMode
        ReplicationControllerSpec replicas
        SeccompProfile localhostProfile
        AppArmorProfile localhostProfile
        SecurityContext allowPrivilegeEscalation privileged readOnlyRootFilesystem runAsGroup runAsNonRoot runAsUser procMount
        Secret immutable
        SecretEnvSource optional
        SecretKeySelector optional
        SecretProjection optional
        SecretVolumeSource defaultMode optional
        ServiceAccount automountServiceAccountToken
        ServiceAccountTokenProjection expirationSeconds
        ClusterTrustBundleProjection name signerName optional
        core.v1.ServicePort appProtocol
        core.v1.EndpointPort appProtocol
        EndpointAddress nodeName
        ServiceSpec allocateLoadBalancerNodePorts ipFamilyPolicy internalTrafficPolicy loadBalancerClass trafficDistribution
        LoadBalancerIngress ipMode
        PortStatus error
        IngressPortStatus error
        Toleration tolerationSeconds
        TopologySpreadConstraint minDomains nodeAffinityPolicy nodeTaintsPolicy
        TypedLocalObjectReference apiGroup
        TypedObjectReference apiGroup namespace
        VolumeMount mountPropagation recursiveReadOnly
        VolumeMountStatus recursiveReadOnly
        WindowsSecurityContextOptions hostProcess gmsaCredentialSpec gmsaCredentialSpecName runAsUserName
        NodeRuntimeHandlerFeatures recursiveReadOnlyMounts userNamespaces
        NodeFeatures supplementalGroupsPolicy
        EndpointConditions ready serving terminating
        discovery.v1.EndpointPort port name protocol appProtocol
        discovery.v1.Endpoint hostname nodeName zone
        ExemptPriorityLevelConfiguration lendablePercent nominalConcurrencyShares
        LimitedPriorityLevelConfiguration borrowingLimitPercent lendablePercent nominalConcurrencyShares
        NetworkPolicyPort endPort protocol
        IngressSpec ingressClassName
        HTTPIngressPath pathType
        IngressClassParametersReference apiGroup scope namespace
        PodDisruptionBudgetSpec unhealthyPodEvictionPolicy
        PriorityClass preemptionPolicy
        CSIDriverSpec attachRequired podInfoOnMount requiresRepublish seLinuxMount storageCapacity fsGroupPolicy
        StorageClass allowVolumeExpansion reclaimPolicy volumeBindingMode
        storage.v1.TokenRequest expirationSeconds
        VolumeNodeResources count
        VolumeAttachmentSource persistentVolumeName
        CustomResourceDefinitionVersion deprecationWarning
        CustomResourceSubresourceScale labelSelectorPath
        JSONSchemaProps maxItems maxLength maxProperties maximum minItems minLength minProperties minimum multipleOf
        JSONSchemaProps x-kubernetes-preserve-unknown-fields x-kubernetes-list-type x-kubernetes-map-type $ref
        ValidationRule reason optionalOldSelf
        DeleteOptions gracePeriodSeconds orphanDependents propagationPolicy ignoreStoreReadErrorWithClusterBreakingPotential
        Preconditions uid resourceVersion
        ListMeta remainingItemCount
        ObjectMeta deletionGracePeriodSeconds
        OwnerReference blockOwnerDeletion controller
        """);

    /// <summary>Fields that are not required and yet always written: values without <c>omitempty</c>, and structs held by value.</summary>
    public static readonly ILookup<string, string> Always = Parse("""
        ObjectMeta creationTimestamp
        core.v1.Event eventTime firstTimestamp lastTimestamp source reportingComponent reportingInstance
        core.v1.EventSeries lastObservedTime
        events.v1.Event deprecatedFirstTimestamp deprecatedLastTimestamp deprecatedSource regarding
        DaemonSetCondition lastTransitionTime
        DeploymentCondition lastTransitionTime lastUpdateTime
        ReplicaSetCondition lastTransitionTime
        StatefulSetCondition lastTransitionTime
        HorizontalPodAutoscalerCondition lastTransitionTime
        JobCondition lastProbeTime lastTransitionTime
        CertificateSigningRequestCondition lastTransitionTime lastUpdateTime
        NamespaceCondition lastTransitionTime
        NodeCondition lastHeartbeatTime lastTransitionTime
        PersistentVolumeClaimCondition lastProbeTime lastTransitionTime
        PodCondition lastProbeTime lastTransitionTime
        ReplicationControllerCondition lastTransitionTime
        FlowSchemaCondition lastTransitionTime
        PriorityLevelConfigurationCondition lastTransitionTime
        CustomResourceDefinitionCondition lastTransitionTime
        APIServiceCondition lastTransitionTime
        ContainerStateRunning startedAt
        ContainerStateTerminated startedAt finishedAt
        VolumeError time
        DaemonSetSpec updateStrategy
        DeploymentSpec strategy
        ReplicaSetSpec template
        StatefulSetSpec updateStrategy
        StatefulSetStatus availableReplicas
        SelfSubjectReviewStatus userInfo
        TokenReviewStatus user
        HorizontalPodAutoscalerStatus currentMetrics
        Container resources
        EphemeralContainer resources
        ContainerStatus state lastState
        NodeDaemonEndpoints kubeletEndpoint
        NodeStatus daemonEndpoints nodeInfo
        PersistentVolumeClaimSpec resources
        PodTemplate template
        ResourceFieldSelector divisor
        ServicePort targetPort
        ServiceStatus loadBalancer
        Role rules
        ClusterRole rules
        discovery.v1.Endpoint conditions
        EndpointSlice ports
        LimitedPriorityLevelConfiguration limitResponse
        FlowSchemaSpec matchingPrecedence
        QueuingConfiguration handSize queueLengthLimit queues
        IngressServiceBackend port
        IngressStatus loadBalancer
        CustomResourceDefinitionStatus acceptedNames conditions storedVersions
        APIGroup preferredVersion
        RollingUpdateStatefulSetStrategy
        """);

    /// <summary>Required in the schema and left out when empty all the same.</summary>
    public static readonly ILookup<string, string> OmittedThoughRequired = Parse("""
        PersistentVolumeClaimTemplate
        """);

    /// <summary>The order of fields where it differs from that of protobuf numbers, or where there are none; what is not named follows.</summary>
    public static readonly ILookup<string, string> Order = Parse("""
        Container name image command args workingDir ports envFrom env resources resizePolicy restartPolicy volumeMounts volumeDevices
        Container livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy
        Container securityContext stdin stdinOnce tty
        EphemeralContainer name image command args workingDir ports envFrom env resources resizePolicy restartPolicy volumeMounts
        EphemeralContainer volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy
        EphemeralContainer imagePullPolicy securityContext stdin stdinOnce tty targetContainerName
        """);

    /// <summary>Defaults that stand for absent list keys.</summary>
    public static readonly IReadOnlyDictionary<string, string> KeyDefaults = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["core.v1.ContainerPort.protocol"] = "TCP",
        ["core.v1.ServicePort.protocol"] = "TCP",
        ["core.v1.EndpointPort.protocol"] = "TCP",
    };

    /// <summary>Whether a table names a field of a type, by short name or by group, version and name.</summary>
    public static bool Has(ILookup<string, string> table, string definition, string field) =>
        Of(table, definition).Contains(field, StringComparer.Ordinal);

    /// <summary>The fields that a table names for a type.</summary>
    public static IEnumerable<string> Of(ILookup<string, string> table, string definition)
    {
        var parts = definition.Split('.');
        return table[parts[^1]].Concat(table[string.Join('.', parts[^3..])]);
    }

    private static ILookup<string, string> Parse(string lines) => lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .SelectMany(words => words.Skip(1).Select(field => (Type: words[0], Field: field)))
        .ToLookup(entry => entry.Type, entry => entry.Field, StringComparer.Ordinal);
}
