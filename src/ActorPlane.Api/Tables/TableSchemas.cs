namespace ActorPlane.Api.Tables;

/// <summary>The Table of each built-in resource. Those without one of their own show name and time of creation.</summary>
public static class TableSchemas
{
    private static readonly TableSchema Plain = new TableSchema<IKubeObject>(
        ["Name", "Created At"], static (item, _) => [Cell.Name(item), Cell.Text(item.Metadata.CreationTimestamp?.ToString())]);

    private static readonly Dictionary<string, TableSchema> ByResource = new(StringComparer.Ordinal)
    {
        ["pods"] = PodTable.Schema,
        ["services"] = ServiceTable.Schema,
        ["nodes"] = CoreTables.Nodes,
        ["namespaces"] = CoreTables.Namespaces,
        ["configmaps"] = CoreTables.ConfigMaps,
        ["secrets"] = CoreTables.Secrets,
        ["serviceaccounts"] = CoreTables.ServiceAccounts,
        ["endpoints"] = CoreTables.Endpoints,
        ["events"] = CoreTables.Events,
        ["events.events.k8s.io"] = CoreTables.NewEvents,
        ["limitranges"] = CoreTables.LimitRanges,
        ["replicationcontrollers"] = CoreTables.ReplicationControllers,
        ["podtemplates"] = CoreTables.PodTemplates,
        ["resourcequotas"] = CoreTables.ResourceQuotas,
        ["persistentvolumes"] = CoreTables.PersistentVolumes,
        ["persistentvolumeclaims"] = CoreTables.PersistentVolumeClaims,
        ["componentstatuses"] = CoreTables.ComponentStatuses,
        ["deployments.apps"] = WorkloadTables.Deployments,
        ["replicasets.apps"] = WorkloadTables.ReplicaSets,
        ["statefulsets.apps"] = WorkloadTables.StatefulSets,
        ["daemonsets.apps"] = WorkloadTables.DaemonSets,
        ["controllerrevisions.apps"] = WorkloadTables.ControllerRevisions,
        ["jobs.batch"] = WorkloadTables.Jobs,
        ["cronjobs.batch"] = WorkloadTables.CronJobs,
        ["poddisruptionbudgets.policy"] = PolicyTables.DisruptionBudgets,
        ["roles.rbac.authorization.k8s.io"] = PolicyTables.Roles,
        ["clusterroles.rbac.authorization.k8s.io"] = PolicyTables.ClusterRoles,
        ["rolebindings.rbac.authorization.k8s.io"] = PolicyTables.RoleBindings,
        ["clusterrolebindings.rbac.authorization.k8s.io"] = PolicyTables.ClusterRoleBindings,
        ["priorityclasses.scheduling.k8s.io"] = PolicyTables.PriorityClasses,
        ["leases.coordination.k8s.io"] = PolicyTables.Leases,
        ["certificatesigningrequests.certificates.k8s.io"] = PolicyTables.SigningRequests,
        ["runtimeclasses.node.k8s.io"] = PolicyTables.RuntimeClasses,
        ["validatingwebhookconfigurations.admissionregistration.k8s.io"] = PolicyTables.ValidatingWebhooks,
        ["mutatingwebhookconfigurations.admissionregistration.k8s.io"] = PolicyTables.MutatingWebhooks,
        ["validatingadmissionpolicies.admissionregistration.k8s.io"] = PolicyTables.AdmissionPolicies,
        ["validatingadmissionpolicybindings.admissionregistration.k8s.io"] = PolicyTables.AdmissionPolicyBindings,
        ["flowschemas.flowcontrol.apiserver.k8s.io"] = PolicyTables.FlowSchemas,
        ["prioritylevelconfigurations.flowcontrol.apiserver.k8s.io"] = PolicyTables.PriorityLevels,
        ["customresourcedefinitions.apiextensions.k8s.io"] = PolicyTables.Definitions,
        ["apiservices.apiregistration.k8s.io"] = PolicyTables.ApiServices,
        ["ingresses.networking.k8s.io"] = NetworkTables.Ingresses,
        ["ingressclasses.networking.k8s.io"] = NetworkTables.IngressClasses,
        ["networkpolicies.networking.k8s.io"] = NetworkTables.NetworkPolicies,
        ["endpointslices.discovery.k8s.io"] = NetworkTables.EndpointSlices,
        ["storageclasses.storage.k8s.io"] = StorageTables.Classes,
        ["csidrivers.storage.k8s.io"] = StorageTables.Drivers,
        ["csinodes.storage.k8s.io"] = StorageTables.Nodes,
        ["volumeattachments.storage.k8s.io"] = StorageTables.Attachments,
        ["csistoragecapacities.storage.k8s.io"] = StorageTables.Capacities,
        ["volumeattributesclasses.storage.k8s.io"] = StorageTables.AttributesClasses,
        ["servicecidrs.networking.k8s.io"] = NetworkTables.ServiceRanges,
        ["ipaddresses.networking.k8s.io"] = NetworkTables.Addresses,
    };

    /// <summary>The Table of the subresource scale.</summary>
    public static TableSchema Scale { get; } = new TableSchema<Autoscaling.V1.Scale>(
        ["Name", "Desired:integer", "Available:integer", "Age"],
        static (item, now) => [Cell.Name(item), Cell.Number(item.Spec.Replicas), Cell.Number(item.Status.Replicas), Cell.Age(item, now)]);

    /// <summary>The Table of a resource, in the version in which it is asked for.</summary>
    public static TableSchema Of(ResourceInfo info) => info.Custom is { } custom ? custom.Table : (info.GroupResource, info.Gvk.Version) switch
    {
        ("horizontalpodautoscalers.autoscaling", "v1") => WorkloadTables.AutoscalersV1,
        ("horizontalpodautoscalers.autoscaling", _) => WorkloadTables.Autoscalers,
        var (name, _) => ByResource.GetValueOrDefault(name) ?? Plain,
    };
}
