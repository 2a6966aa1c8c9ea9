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
        """);

    /// <summary>Required in the schema and left out when empty all the same.</summary>
    public static readonly ILookup<string, string> OmittedThoughRequired = Parse("""
        PersistentVolumeClaimTemplate
        """);

    /// <summary>The order of fields where it differs from that of protobuf numbers, or where there are none; what is not named follows.</summary>
    public static readonly ILookup<string, string> Order = Parse("""
        DeploymentCondition type status lastUpdateTime lastTransitionTime reason message
        OwnerReference apiVersion kind name uid controller blockOwnerDeletion
        PodSpec volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds
        PodSpec dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC
        PodSpec shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases
        PodSpec priorityClassName priority dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead
        PodSpec topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates resourceClaims resources
        PodStatus phase conditions message reason nominatedNodeName hostIP hostIPs podIP podIPs startTime initContainerStatuses
        PodStatus containerStatuses qosClass ephemeralContainerStatuses resize resourceClaimStatuses
        ServiceSpec ports selector clusterIP clusterIPs type externalIPs sessionAffinity loadBalancerIP loadBalancerSourceRanges externalName
        ServiceSpec externalTrafficPolicy healthCheckNodePort publishNotReadyAddresses sessionAffinityConfig ipFamilies ipFamilyPolicy
        ServiceSpec allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy trafficDistribution
        ServicePort name protocol appProtocol port targetPort nodePort
        discovery.v1.EndpointPort name protocol port appProtocol
        discovery.v1.Endpoint addresses conditions hostname targetRef deprecatedTopology nodeName zone hints
        EndpointSlice metadata addressType endpoints ports
        EndpointConditions ready serving terminating
        EndpointAddress ip hostname nodeName targetRef
        events.v1.Event metadata eventTime series reportingController reportingInstance action reason regarding related note type
        events.v1.Event deprecatedSource deprecatedFirstTimestamp deprecatedLastTimestamp deprecatedCount
        CustomResourceDefinition metadata spec status
        CustomResourceDefinitionSpec group names scope versions conversion preserveUnknownFields
        CustomResourceDefinitionNames plural singular shortNames kind listKind categories
        CustomResourceDefinitionStatus conditions acceptedNames storedVersions
        CustomResourceDefinitionVersion name served storage deprecated deprecationWarning schema subresources additionalPrinterColumns
        CustomResourceDefinitionVersion selectableFields
        CustomResourceDefinitionCondition type status lastTransitionTime reason message
        CustomResourceColumnDefinition name type format description priority jsonPath
        CustomResourceSubresources status scale
        CustomResourceConversion strategy webhook
        WebhookConversion clientConfig conversionReviewVersions
        ValidationRule rule message messageExpression reason fieldPath optionalOldSelf
        JSONSchemaProps id $schema $ref description type format title default maximum exclusiveMaximum minimum exclusiveMinimum maxLength
        JSONSchemaProps minLength pattern maxItems minItems uniqueItems multipleOf enum maxProperties minProperties required items allOf oneOf
        JSONSchemaProps anyOf not properties additionalProperties patternProperties dependencies additionalItems definitions externalDocs
        JSONSchemaProps example nullable x-kubernetes-preserve-unknown-fields x-kubernetes-embedded-resource x-kubernetes-int-or-string
        JSONSchemaProps x-kubernetes-list-map-keys x-kubernetes-list-type x-kubernetes-map-type x-kubernetes-validations
        StorageClass metadata provisioner parameters reclaimPolicy mountOptions allowVolumeExpansion volumeBindingMode allowedTopologies
        CSIDriverSpec attachRequired podInfoOnMount volumeLifecycleModes storageCapacity fsGroupPolicy tokenRequests requiresRepublish
        CSINodeDriver name nodeID topologyKeys allocatable
        VolumeAttachmentSpec attacher source nodeName
        VolumeAttachmentStatus attached attachmentMetadata attachError detachError
        VolumeAttachmentSource persistentVolumeName inlineVolumeSpec
        VolumeError time message
        CSIStorageCapacity metadata nodeTopology storageClassName capacity maximumVolumeSize
        RuntimeClass metadata handler overhead scheduling
        MutatingWebhook name clientConfig rules failurePolicy matchPolicy namespaceSelector objectSelector sideEffects timeoutSeconds
        MutatingWebhook admissionReviewVersions reinvocationPolicy matchConditions
        ValidatingWebhook name clientConfig rules failurePolicy matchPolicy namespaceSelector objectSelector sideEffects timeoutSeconds
        ValidatingWebhook admissionReviewVersions matchConditions
        RuleWithOperations operations apiGroups apiVersions resources scope
        NamedRuleWithOperations resourceNames operations apiGroups apiVersions resources scope
        WebhookClientConfig url service caBundle
        ServiceReference namespace name path port
        MatchCondition name expression
        ValidatingAdmissionPolicySpec paramKind matchConstraints validations failurePolicy auditAnnotations matchConditions variables
        Validation expression message reason messageExpression
        ValidatingAdmissionPolicyStatus observedGeneration typeChecking conditions
        ValidatingAdmissionPolicyBindingSpec policyName paramRef matchResources validationActions
        ParamRef name namespace selector parameterNotFoundAction
        MatchResources namespaceSelector objectSelector resourceRules excludeResourceRules matchPolicy
        Variable name expression
        FlowSchemaSpec priorityLevelConfiguration matchingPrecedence distinguisherMethod rules
        PolicyRulesWithSubjects subjects resourceRules nonResourceRules
        flowcontrol.v1.Subject kind user group serviceAccount
        ResourcePolicyRule verbs apiGroups resources clusterScope namespaces
        NonResourcePolicyRule verbs nonResourceURLs
        PriorityLevelConfigurationSpec type limited exempt
        LimitedPriorityLevelConfiguration nominalConcurrencyShares limitResponse lendablePercent borrowingLimitPercent
        ExemptPriorityLevelConfiguration nominalConcurrencyShares lendablePercent
        LimitResponse type queuing
        QueuingConfiguration queues handSize queueLengthLimit
        FlowSchemaCondition type status lastTransitionTime reason message
        PriorityLevelConfigurationCondition type status lastTransitionTime reason message
        APIServiceSpec service group version insecureSkipTLSVerify caBundle groupPriorityMinimum versionPriority
        APIServiceCondition type status lastTransitionTime reason message
        VolumeMount name readOnly recursiveReadOnly mountPath subPath mountPropagation subPathExpr
        Secret metadata immutable data stringData type
        ConfigMap metadata immutable data binaryData
        SecurityContext capabilities privileged seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem
        SecurityContext allowPrivilegeEscalation procMount seccompProfile appArmorProfile
        PodSecurityContext seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot supplementalGroups supplementalGroupsPolicy fsGroup
        PodSecurityContext sysctls fsGroupChangePolicy seccompProfile appArmorProfile seLinuxChangePolicy
        JobSpec parallelism completions activeDeadlineSeconds podFailurePolicy successPolicy backoffLimit backoffLimitPerIndex maxFailedIndexes
        JobSpec selector manualSelector template ttlSecondsAfterFinished completionMode suspend podReplacementPolicy managedBy
        JobStatus conditions startTime completionTime active succeeded failed terminating completedIndexes failedIndexes
        JobStatus uncountedTerminatedPods ready
        CronJobSpec schedule timeZone startingDeadlineSeconds concurrencyPolicy suspend jobTemplate successfulJobsHistoryLimit
        CronJobSpec failedJobsHistoryLimit
        PersistentVolumeClaimSpec accessModes selector resources volumeName storageClassName volumeMode dataSource dataSourceRef
        PersistentVolumeClaimSpec volumeAttributesClassName
        DeploymentStatus observedGeneration replicas updatedReplicas readyReplicas availableReplicas unavailableReplicas conditions collisionCount
        ReplicaSetSpec replicas minReadySeconds selector template
        ReplicaSetStatus replicas fullyLabeledReplicas readyReplicas availableReplicas observedGeneration conditions
        ReplicationControllerSpec replicas minReadySeconds selector template
        ReplicationControllerStatus replicas fullyLabeledReplicas readyReplicas availableReplicas observedGeneration conditions
        NodeSpec podCIDR podCIDRs providerID unschedulable taints configSource externalID
        HTTPIngressPath path pathType backend
        IngressBackend service resource
        IngressSpec ingressClassName defaultBackend tls rules
        CertificateSigningRequestSpec request signerName expirationSeconds usages username uid groups extra
        CertificateSigningRequestCondition type status reason message lastUpdateTime lastTransitionTime
        APIResource name singularName namespaced group version kind verbs shortNames categories storageVersionHash
        Info major minor gitVersion gitCommit gitTreeState buildDate goVersion compiler platform
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
