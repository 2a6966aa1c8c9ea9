namespace ActorPlane.Api.Tests;

/// <summary>What is said of objects that break the rules of their kind, in the real server's words.</summary>
public sealed class KindValidationTests
{
    private const string Template = "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";

    [Theory]
    [InlineData("v1", "ResourceQuota", "\"spec\":{\"hard\":{\"foo\":\"1\"}}", "spec.hard[foo]: Invalid value: \"foo\": must be a standard resource type or fully qualified\nspec.hard[foo]: Invalid value: \"foo\": must be a standard resource for quota")]
    [InlineData("v1", "ResourceQuota", "\"spec\":{\"hard\":{\"cpu\":\"1\"},\"scopes\":[\"BestEffort\"]}", "spec.scopes: Invalid value: []core.ResourceQuotaScope{\"BestEffort\"}: unsupported scope applied to resource")]
    [InlineData("v1", "PersistentVolume", "\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"capacity\":{\"storage\":\"1Gi\"}}", "spec: Required value: must specify a volume type")]
    [InlineData("v1", "Endpoints", "\"subsets\":[{\"addresses\":[{\"ip\":\"x\"}]}]", "subsets[0].addresses[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)\nsubsets[0].addresses[0].ip: Invalid value: \"x\": must be a valid IP address")]
    [InlineData("discovery.k8s.io/v1", "EndpointSlice", "\"endpoints\":[]", "addressType: Required value")]
    [InlineData("networking.k8s.io/v1", "IngressClass", "\"spec\":{\"controller\":\"x\"}", "spec.controller: Invalid value: \"x\": must be a domain-prefixed path (such as \"acme.io/foo\")")]
    [InlineData("networking.k8s.io/v1", "Ingress", "\"spec\":{}", "spec: Invalid value: []networking.IngressRule(nil): either `defaultBackend` or `rules` must be specified")]
    [InlineData("networking.k8s.io/v1", "NetworkPolicy", "\"spec\":{\"podSelector\":{},\"ingress\":[{\"from\":[{}]}]}", "spec.ingress[0].from[0]: Required value: must specify a peer")]
    [InlineData("apps/v1", "ControllerRevision", "\"revision\":-1", "data: Required value: data is mandatory\nrevision: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("apps/v1", "Deployment", "\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"strategy\":{\"rollingUpdate\":{\"maxSurge\":0,\"maxUnavailable\":0}}," + Template + "}", "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}: may not be 0 when `maxSurge` is 0")]
    [InlineData("v1", "ConfigMap", "\"data\":{\"..\":\"x\"}", "data[..]: Invalid value: \"..\": must not be '..'")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"ports\":[{\"containerPort\":80,\"hostPort\":81}]}],\"hostNetwork\":true}", "spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"env\":[{\"name\":\"a\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.nope\"}}}]}]}", "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"metadata.nope\": error converting fieldPath: field label not supported: metadata.nope")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"env\":[{\"name\":\"a\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"status.phase\"}}}]}]}", "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: \"status.phase\": supported values: \"metadata.name\", \"metadata.namespace\", \"metadata.uid\", \"spec.nodeName\", \"spec.serviceAccountName\", \"status.hostIP\", \"status.hostIPs\", \"status.podIP\", \"status.podIPs\"")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"env\":[{\"name\":\"a\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.labels['x']\"}}}]}]}", "")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"env\":[{\"name\":\"a\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"x\"}}}]}]}", "spec.containers[0].env[0].valueFrom.secretKeyRef.key: Required value")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"env\":[{\"name\":\"a\",\"valueFrom\":{\"resourceFieldRef\":{\"resource\":\"limits.x\"}}}]}]}", "spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: \"limits.x\": supported values: \"limits.cpu\", \"limits.ephemeral-storage\", \"limits.memory\", \"requests.cpu\", \"requests.ephemeral-storage\", \"requests.memory\"")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"envFrom\":[{\"prefix\":\"a=\",\"configMapRef\":{}},{}]}]}", "spec.containers[0].envFrom[0].prefix: Invalid value: \"a=\": a valid environment variable name must consist only of printable ASCII characters other than '='\nspec.containers[0].envFrom[0].configMapRef.name: Required value\nspec.containers[0].envFrom: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"volumeMounts\":[{\"name\":\"x\",\"mountPath\":\"/a\",\"subPath\":\"/../b\"}]}],\"volumes\":[{\"name\":\"x\",\"emptyDir\":{}}]}", "spec.containers[0].volumeMounts.subPath: Invalid value: \"/../b\": must be a relative path\nspec.containers[0].volumeMounts.subPath: Invalid value: \"/../b\": must not contain '..'")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"volumes\":[{\"name\":\"x\",\"emptyDir\":{\"sizeLimit\":\"-1\"},\"hostPath\":{\"path\":\"/\",\"type\":\"Z\"}}]}", "spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity\nspec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"volumes\":[{\"name\":\"x\",\"downwardAPI\":{\"defaultMode\":512,\"items\":[{\"path\":\"a\"}]}}]}", "spec.volumes[0].downwardAPI.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive\nspec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"readinessProbe\":{\"tcpSocket\":{\"port\":1},\"terminationGracePeriodSeconds\":3}}]}", "spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 3: must not be set for readinessProbes")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"securityContext\":{\"seccompProfile\":{\"type\":\"X\"},\"sysctls\":[{\"name\":\"A B\",\"value\":\"x\"}]}}", "spec.securityContext.sysctls[0].name: Invalid value: \"A B\": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$\nspec.securityContext.seccompProfile.type: Unsupported value: \"X\": supported values: \"Localhost\", \"RuntimeDefault\", \"Unconfined\"")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"os\":{\"name\":\"x\"}}", "spec.os: Unsupported value: \"x\": supported values: \"linux\", \"windows\"")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"schedulingGates\":[{\"name\":\"a\"}],\"nodeName\":\"x\"}", "spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared")]
    [InlineData("v1", "Service", "\"spec\":{\"clusterIP\":\"None\",\"clusterIPs\":[\"None\"],\"externalIPs\":[\"127.0.0.1\",\"0.0.0.0\",\"169.254.1.1\"]}", "spec.externalIPs[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)\nspec.externalIPs[1]: Invalid value: \"0.0.0.0\": may not be unspecified (0.0.0.0)\nspec.externalIPs[2]: Invalid value: \"169.254.1.1\": may not be in the link-local range (169.254.0.0/16, fe80::/10)")]
    [InlineData("v1", "Node", "\"spec\":{\"podCIDR\":\"x\"}", "spec.podCIDRs[0]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
    [InlineData("v1", "Secret", "\"type\":\"kubernetes.io/basic-auth\"", "data[username]: Required value\ndata[password]: Required value")]
    [InlineData("v1", "Secret", "\"type\":\"kubernetes.io/dockerconfigjson\",\"data\":{\".dockerconfigjson\":\"YQ==\"}", "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid character 'a' looking for beginning of value")]
    [InlineData("v1", "PersistentVolume", "\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"capacity\":{\"storage\":\"-1\"},\"hostPath\":{\"path\":\"/\"},\"persistentVolumeReclaimPolicy\":\"Recycle\",\"storageClassName\":\"A\"}", "spec.capacity[storage]: Invalid value: -1: must be a valid resource quantity\nspec.capacity[storage]: Invalid value: \"-1\": must be greater than zero\nspec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'\nspec.storageClassName: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")]
    [InlineData("v1", "PersistentVolume", "\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"capacity\":{\"storage\":\"1\"},\"hostPath\":{\"path\":\"/a\"},\"local\":{\"path\":\"/\"}}", "spec.local: Forbidden: may not specify more than 1 volume type")]
    [InlineData("v1", "LimitRange", "\"spec\":{\"limits\":[{\"type\":\"X\"}]}", "spec.limits[0].type: Invalid value: \"X\": must be a standard limit type or fully qualified")]
    [InlineData("batch/v1", "Job", "\"spec\":{\"backoffLimitPerIndex\":1,\"managedBy\":\"x\",\"podReplacementPolicy\":\"X\",\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}", "spec.managedBy: Invalid value: \"x\": must be a domain-prefixed path (such as \"acme.io/foo\")\nspec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode\nspec.podReplacementPolicy: Unsupported value: \"X\": supported values: \"Failed\", \"TerminatingOrFailed\"\nspec.selector: Required value\nspec.template.metadata.labels: Invalid value: map[string]string(nil): `selector` does not match template `labels`")]
    [InlineData("batch/v1", "CronJob", "\"spec\":{\"schedule\":\"@daily\",\"timeZone\":\"Local\",\"jobTemplate\":{\"spec\":{\"manualSelector\":true,\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}}", "spec.timeZone: Invalid value: \"Local\": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones\nspec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: \"nil\", \"false\"")]
    [InlineData("batch/v1", "CronJob", "\"spec\":{\"schedule\":\"@daily\",\"timeZone\":\"a b\",\"jobTemplate\":{\"spec\":{\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}}", "spec.timeZone: Invalid value: \"a b\": unknown time zone a b")]
    [InlineData("batch/v1", "CronJob", "\"spec\":{\"schedule\":\"@daily\",\"timeZone\":\"Etc/UTC\",\"jobTemplate\":{\"spec\":{\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}}", "")]
    [InlineData("networking.k8s.io/v1", "Ingress", "\"spec\":{\"ingressClassName\":\"x\",\"rules\":[{\"host\":\"1.2.3.4\",\"http\":{\"paths\":[{\"path\":\"/a//b/..\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"s\",\"port\":{\"number\":80}}}}]}}]}", "spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address\nspec.rules[0].http.paths[0].path: Invalid value: \"/a//b/..\": must not contain '//'\nspec.rules[0].http.paths[0].path: Invalid value: \"/a//b/..\": cannot end with '/..'")]
    [InlineData("networking.k8s.io/v1", "NetworkPolicy", "\"spec\":{\"podSelector\":{},\"ingress\":[{\"ports\":[{\"endPort\":3}],\"from\":[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\",\"except\":[\"11.0.0.0/16\",\"10.1.0.0/16\"]}}]}]}", "spec.ingress[0].ports[0].endPort: Invalid value: 3: may not be specified when `port` is not specified\nspec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/16\": must be a strict subset of `cidr`")]
    [InlineData("networking.k8s.io/v1", "IngressClass", "\"spec\":{\"controller\":\"a.b/c\",\"parameters\":{\"kind\":\"X\"}}", "spec.parameters.name: Required value: name is required")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "\"spec\":{\"maxReplicas\":3,\"scaleTargetRef\":{\"kind\":\"Deployment\",\"name\":\"a\"},\"metrics\":[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\",\"averageUtilization\":0}}}],\"behavior\":{\"scaleDown\":{\"stabilizationWindowSeconds\":4000}}}", "spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0\nspec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 4000: must be less than or equal to 3600")]
    [InlineData("storage.k8s.io/v1", "StorageClass", "\"provisioner\":\"a b\"", "provisioner: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")]
    [InlineData("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "\"webhooks\":[{\"name\":\"a\",\"clientConfig\":{\"url\":\"http://x\"},\"timeoutSeconds\":31,\"rules\":[{\"operations\":[\"*\",\"CREATE\"],\"apiVersions\":[\"v1\"],\"resources\":[\"pods\"]}]}]", "webhooks[0].name: Invalid value: \"a\": should be a domain with at least three segments separated by dots\nwebhooks[0].rules[0].operations: Invalid value: []admissionregistration.OperationType{\"*\", \"CREATE\"}: if '*' is present, must not specify other operations\nwebhooks[0].rules[0].apiGroups: Required value\nwebhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun\nwebhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds\nwebhooks[0].clientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; desired format: https://host[/path]\nwebhooks[0].admissionReviewVersions: Required value: must specify one of v1, v1beta1")]
    [InlineData("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "\"webhooks\":[{\"name\":\"a.b.c\",\"clientConfig\":{},\"sideEffects\":\"None\",\"admissionReviewVersions\":[\"v1\"]},{\"name\":\"a.b.c\",\"clientConfig\":{\"url\":\"https://x\"},\"sideEffects\":\"None\",\"admissionReviewVersions\":[\"v2\"]}]", "webhooks[0].clientConfig: Required value: exactly one of url or service is required\nwebhooks[1].admissionReviewVersions: Invalid value: []string{\"v2\"}: must include at least one of v1, v1beta1\nwebhooks[1].name: Duplicate value: \"a.b.c\"")]
    [InlineData("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", "\"spec\":{}", "spec.matchConstraints: Required value\nspec.validations: Required value: validations or auditAnnotations must contain at least one item\nspec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item")]
    [InlineData("apps/v1", "StatefulSet", "\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"persistentVolumeClaimRetentionPolicy\":{\"whenDeleted\":\"X\",\"whenScaled\":\"Retain\"},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}", "spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: \"X\": supported values: \"Retain\", \"Delete\"")]
    [InlineData("discovery.k8s.io/v1", "EndpointSlice", "\"addressType\":\"IPv4\",\"endpoints\":[{\"addresses\":[\"127.0.0.1\"],\"hostname\":\"A\"}],\"ports\":[{\"name\":\"a\",\"protocol\":\"X\"},{\"name\":\"a\"}]", "endpoints[0].addresses[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)\nendpoints[0].hostname: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')\nports[0].protocol: Unsupported value: \"X\": supported values: \"SCTP\", \"TCP\", \"UDP\"\nports[1].name: Duplicate value: \"a\"")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"topologySpreadConstraints\":[{\"maxSkew\":1,\"topologyKey\":\"a\",\"whenUnsatisfiable\":\"ScheduleAnyway\",\"minDomains\":1},{\"maxSkew\":2,\"topologyKey\":\"a\",\"whenUnsatisfiable\":\"ScheduleAnyway\"}]}", "spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: \"{a, ScheduleAnyway}\"\nspec.topologySpreadConstraints[0].minDomains: Invalid value: 1: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"volumeDevices\":[{\"name\":\"x\"}]}],\"schedulingGates\":[{\"name\":\"a\"},{\"name\":\"a\"}],\"securityContext\":{\"appArmorProfile\":{\"type\":\"Localhost\"}}}", "spec.containers[0].volumeDevices[0].name: Not found: \"x\"\nspec.containers[0].volumeDevices[0].devicePath: Required value\nspec.securityContext.appArmorProfile.localhostProfile: Required value: must be set when AppArmor type is Localhost\nspec.schedulingGates[1]: Duplicate value: \"a\"")]
    [InlineData("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"volumes\":[{\"name\":\"v\",\"projected\":{\"sources\":[{\"secret\":{},\"configMap\":{\"name\":\"m\"}}]}}]}", "spec.volumes[0].projected.sources[0].secret.name: Required value\nspec.volumes[0].projected.sources[0]: Forbidden: may not specify more than 1 volume type per source")]
    [InlineData("flowcontrol.apiserver.k8s.io/v1", "FlowSchema", "\"spec\":{\"matchingPrecedence\":20000,\"priorityLevelConfiguration\":{},\"rules\":[{}]}", "spec.matchingPrecedence: Invalid value: 20000: must not be greater than 10000\nspec.priorityLevelConfiguration.name: Required value: must reference a priority level\nspec.rules[0].subjects: Required value: subjects must contain at least one value\nspec.rules[0]: Required value: at least one of resourceRules and nonResourceRules has to be non-empty")]
    [InlineData("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration", "\"spec\":{\"type\":\"X\"}", "spec.type: Unsupported value: \"X\": supported values: \"Exempt\", \"Limited\"")]
    [InlineData("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration", "\"spec\":{\"type\":\"Limited\"}", "spec.limited: Required value: must not be empty when type is Limited")]
    [InlineData("storage.k8s.io/v1", "CSIDriver", "\"spec\":{\"volumeLifecycleModes\":[\"X\"],\"fsGroupPolicy\":\"Y\"}", "spec.fsGroupPolicy: Unsupported value: \"Y\": supported values: \"File\", \"None\", \"ReadWriteOnceWithFSType\"\nspec.volumeLifecycleModes: Unsupported value: \"X\": supported values: \"Persistent\", \"Ephemeral\"")]
    [InlineData("storage.k8s.io/v1", "CSINode", "\"spec\":{\"drivers\":[{\"name\":\"a\",\"nodeID\":\"n\"},{\"name\":\"a\"}]}", "spec.drivers[1].nodeID: Required value\nspec.drivers[1].name: Duplicate value: \"a\"")]
    [InlineData("storage.k8s.io/v1", "VolumeAttachment", "\"spec\":{\"nodeName\":\"n\",\"source\":{}}", "spec.attacher: Required value\nspec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName\nspec.attacher: Required value\nspec.attacher: Invalid value: \"\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")]
    [InlineData("apiregistration.k8s.io/v1", "APIService", "\"spec\":{\"group\":\"a.b\",\"version\":\"v1\",\"service\":{\"namespace\":\"n\"}}", "metadata.name: Invalid value: \"x\": must be `spec.version+\".\"+spec.group`: \"v1.a.b\"\nspec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000\nspec.versionPriority: Invalid value: 0: must be positive and less than 1000\nspec.service.name: Required value")]
    [InlineData("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "\"spec\":{\"policyName\":\"p\",\"validationActions\":[\"Deny\",\"Warn\",\"Deny\"]}", "spec.validationActions[2]: Duplicate value: \"Deny\"\nspec.validationActions: Invalid value: []admissionregistration.ValidationAction{\"Deny\", \"Warn\", \"Deny\"}: must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)")]
    [InlineData("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "\"spec\":{}", "spec.policyName: Required value\nspec.validationActions: Required value: at least one validation action is required")]
    [InlineData("storage.k8s.io/v1", "CSIStorageCapacity", "\"storageClassName\":\"sc\",\"capacity\":\"-1\"", "capacity: Invalid value: \"-1\": must be greater than or equal to 0")]
    [InlineData("networking.k8s.io/v1beta1", "ServiceCIDR", "\"spec\":{\"cidrs\":[\"10.0.0.0/8\",\"11.0.0.0/8\"]}", "spec.cidrs: Invalid value: []string{\"10.0.0.0/8\", \"11.0.0.0/8\"}: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/96")]
    [InlineData("v1", "Secret", "\"type\":\"kubernetes.io/dockerconfigjson\",\"data\":{\".dockerconfigjson\":\"W10=\"}", "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("v1", "Event", "\"eventTime\":\"2024-01-01T00:00:00.000000Z\",\"reason\":\"r\",\"involvedObject\":{\"namespace\":\"n\"}", "reportingController: Required value\nreportingInstance: Required value\naction: Required value")]
    public void All_that_is_wrong_is_named(string apiVersion, string kind, string content, string expected)
    {
        var schema = KubeTypes.Schema(GroupVersionKind.From(apiVersion, kind))!;
        var scope = KubeTypes.Find(apiVersion, kind)!.Namespaced ? ",\"namespace\":\"n\"" : "";
        var tree = JsonValue.Parse($"{{\"apiVersion\":\"{apiVersion}\",\"kind\":\"{kind}\",\"metadata\":{{\"name\":\"x\"{scope}}},{content}}}");
        var item = Defaulting.Apply((IKubeObject)JsonCodec.Decode(schema, tree, strict: false, out _));
        Assert.Equal(expected, string.Join('\n', Validator.Validate(item)));
    }

    [Theory]
    [InlineData("*/5 1-3,5 1/2 jan-Mar sun", null)]
    [InlineData("@hourly", null)]
    [InlineData("@every 1h30m", null)]
    [InlineData("bad", "expected exactly 5 fields, found 1: [bad]")]
    [InlineData("61 * * * *", "end of range (61) above maximum (59): 61")]
    [InlineData("* * 0 * *", "beginning of range (0) below minimum (1): 0")]
    [InlineData("5-3 * * * *", "beginning of range (5) beyond end of range (3): 5-3")]
    [InlineData("x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("*/0 * * * *", "step of range should be a positive number: */0")]
    [InlineData("TZ=UTC * * * * *", "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")]
    [InlineData("@never", "unrecognized descriptor: @never")]
    public void A_schedule_is_read_as_the_real_server_reads_it(string schedule, string? problem)
    {
        var job = JsonValue.Parse(
            $"{{\"metadata\":{{\"name\":\"x\",\"namespace\":\"n\"}},\"spec\":{{\"schedule\":\"{schedule}\",\"jobTemplate\":{{\"spec\":{{{Template.Replace("{\"containers", "{\"restartPolicy\":\"Never\",\"containers", StringComparison.Ordinal)}}}}}}}}}");
        var item = Defaulting.Apply(JsonCodec.Decode<Batch.V1.CronJob>(job));
        Assert.Equal(problem is null ? [] : [$"spec.schedule: Invalid value: \"{schedule}\": {problem}"], Validator.Validate(item).Select(error => error.ToString()));
    }

    [Fact]
    public void Finalizers_of_Kubernetes_own_kinds_are_qualified_or_known()
    {
        var map = new Core.V1.ConfigMap { Metadata = new() { Name = "x", Namespace = "n", Finalizers = ["orphan", "example.com/a", "bad"] } };
        Assert.Equal(
            "metadata.finalizers[2]: Invalid value: \"bad\": name is neither a standard finalizer name nor is it fully qualified",
            Assert.Single(Validator.Validate(map)).ToString());
    }

    [Fact]
    public void A_map_that_is_too_long_is_named_by_no_field_and_a_secret_by_its_data()
    {
        var text = new string('x', (1024 * 1024) + 1);
        var map = new Core.V1.ConfigMap { Metadata = new() { Name = "x", Namespace = "n" }, Data = ValueMap<string>.Empty.With("k", text) };
        Assert.Equal("[]: Too long: may not be more than 1048576 bytes", Assert.Single(Validator.Validate(map)).ToString());
        var secret = new Core.V1.Secret { Metadata = map.Metadata, Data = ValueMap<ByteString>.Empty.With("k", ByteString.FromUtf8(text)) };
        Assert.Equal("data: Too long: may not be more than 1048576 bytes", Assert.Single(Validator.Validate(secret)).ToString());
    }

    [Theory]
    [InlineData("batch/v1", "Job", "spec", "\"backoffLimitPerIndex\":2,\"completions\":1,\"completionMode\":\"Indexed\"", "\"backoffLimitPerIndex\":3,\"completions\":1,\"completionMode\":\"Indexed\"", "spec.backoffLimitPerIndex: Invalid value: 3: field is immutable")]
    [InlineData("batch/v1", "Job", "spec", "\"managedBy\":\"a.b/c\"", "\"managedBy\":\"a.b/d\"", "spec.managedBy: Invalid value: \"a.b/d\": field is immutable")]
    [InlineData("batch/v1", "Job", "spec", "\"selector\":{\"matchLabels\":{\"a\":\"b\"}}", "\"selector\":null", "spec.selector: Required value\nspec.template.metadata.labels: Invalid value: map[string]string{\"a\":\"b\"}: `selector` does not match template `labels`\nspec.selector: Invalid value: \"null\": field is immutable")]
    [InlineData("storage.k8s.io/v1", "CSIDriver", "spec", "\"attachRequired\":true", "\"attachRequired\":false", "spec.attachedRequired: Invalid value: false: field is immutable")]
    [InlineData("v1", "Pod", "spec", "\"activeDeadlineSeconds\":5", "\"activeDeadlineSeconds\":0", "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive")]
    [InlineData("storage.k8s.io/v1", "VolumeAttachment", "spec", "\"attacher\":\"a\",\"nodeName\":\"n\",\"source\":{\"persistentVolumeName\":\"v\"}", "\"attacher\":\"a\",\"nodeName\":\"m\",\"source\":{\"persistentVolumeName\":\"v\"}", "spec: Invalid value: {\"attacher\":\"a\",\"source\":{\"persistentVolumeName\":\"v\"},\"nodeName\":\"m\"}: field is immutable")]
    public void What_may_not_change_is_named(string apiVersion, string kind, string part, string before, string after, string expected)
    {
        var always = kind switch
        {
            "Job" => ",\"manualSelector\":true,\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}",
            "Pod" => ",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]",
            _ => "",
        };
        IKubeObject Item(string content)
        {
            var schema = KubeTypes.Schema(GroupVersionKind.From(apiVersion, kind))!;
            var rest = content.Contains("selector", StringComparison.Ordinal) ? always.Replace(",\"selector\":{\"matchLabels\":{\"a\":\"b\"}}", "", StringComparison.Ordinal) : always;
            var scope = KubeTypes.Find(apiVersion, kind)!.Namespaced ? ",\"namespace\":\"n\"" : "";
            var tree = JsonValue.Parse($"{{\"metadata\":{{\"name\":\"x\",\"uid\":\"1\"{scope}}},\"{part}\":{{{content}{rest}}}}}");
            return Defaulting.Apply((IKubeObject)JsonCodec.Decode(schema, tree, strict: false, out _));
        }

        Assert.Equal(expected, string.Join('\n', Validator.ValidateUpdate(Item(after), Item(before))));
    }
}
