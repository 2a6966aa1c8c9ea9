namespace ActorPlane.ApiServer;

/// <summary>What the controllers of kube-controller-manager may do. Written as <see cref="RbacTable"/> is.</summary>
internal static class ControllerRoleTable
{
    /// <summary>Roles of controllers, <c>system:controller:NAME</c>, each bound to the account of that name (<c>controller_policy.go</c>).</summary>
    public const string Roles = """
        attachdetach-controller
          /persistentvolumes,persistentvolumeclaims list,watch
          /nodes read
          /nodes/status patch,update
          /pods list,watch
          events
          storage.k8s.io/volumeattachments get,create,delete,list,watch
          storage.k8s.io/csidrivers read
          storage.k8s.io/csinodes read
        clusterrole-aggregation-controller
          rbac.authorization.k8s.io/clusterroles escalate,get,list,watch,update,patch
        cronjob-controller
          batch/cronjobs get,list,watch,update
          batch/jobs get,list,watch,create,update,delete,patch
          batch/cronjobs/status update
          batch/cronjobs/finalizers update
          /pods list,watch,delete
          events
        daemon-set-controller
          extensions,apps/daemonsets read
          extensions,apps/daemonsets/status update
          extensions,apps/daemonsets/finalizers update
          /nodes list,watch
          /pods list,watch,create,delete,patch
          /pods/binding create
          apps/controllerrevisions get,list,watch,create,delete,update,patch
          events
        deployment-controller
          extensions,apps/deployments get,list,watch,update
          extensions,apps/deployments/status update
          extensions,apps/deployments/finalizers update
          apps,extensions/replicasets get,list,watch,create,update,patch,delete
          /pods get,list,watch,update
          events
        disruption-controller
          extensions,apps/deployments read
          apps,extensions/replicasets read
          /replicationcontrollers read
          policy/poddisruptionbudgets read
          apps/statefulsets read
          policy/poddisruptionbudgets/status update
          /pods/status patch,update
          */*/scale get
          events
        endpoint-controller
          /services,pods read
          /endpoints get,list,watch,create,update,delete
          /endpoints/restricted create
          events
        endpointslice-controller
          /services,pods,nodes read
          /services/finalizers update
          discovery.k8s.io/endpointslices get,list,watch,create,update,delete
          events
        endpointslicemirroring-controller
          /services,endpoints read
          /services/finalizers update
          /endpoints/finalizers update
          discovery.k8s.io/endpointslices get,list,watch,create,update,delete
          events
        expand-controller
          /persistentvolumes get,list,watch,update,patch
          /persistentvolumeclaims/status update,patch
          /persistentvolumeclaims read
          events
          /services get
        ephemeral-volume-controller
          /pods read
          /pods/finalizers update
          /persistentvolumeclaims get,list,watch,create
          events
        generic-garbage-collector
          */* get,list,watch,patch,update,delete
          events
        horizontal-pod-autoscaler
          autoscaling/horizontalpodautoscalers read
          autoscaling/horizontalpodautoscalers/status update
          */*/scale get,update
          /pods list,watch
          metrics.k8s.io/pods list,watch
          custom.metrics.k8s.io/* read
          external.metrics.k8s.io/* read
          events
        job-controller
          batch/jobs get,list,watch,update,patch
          batch/jobs/status update
          batch/jobs/finalizers update
          /pods list,watch,create,delete,patch
          events
        namespace-controller
          /namespaces get,list,watch,delete
          /namespaces/finalize,namespaces/status update
          */* get,list,watch,delete,deletecollection
        node-controller
          /nodes get,list,watch,update,delete,patch
          /nodes/status patch,update
          /pods/status patch,update
          /pods list,watch,get,delete
          events
        persistent-volume-binder
          /persistentvolumes get,list,watch,update,create,delete
          /persistentvolumes/status update
          /persistentvolumeclaims get,list,watch,update
          /persistentvolumeclaims/status update
          /pods list,watch,get,create,delete
          storage.k8s.io/storageclasses read
          /nodes list,watch
          events
          /events watch
          /services get
        pod-garbage-collector
          /pods list,watch,delete
          /nodes read
          /pods/status patch
        replicaset-controller
          apps,extensions/replicasets get,list,watch,update
          apps,extensions/replicasets/status update
          apps,extensions/replicasets/finalizers update
          /pods list,watch,patch,create,delete
          events
        replication-controller
          /replicationcontrollers get,list,watch,update
          /replicationcontrollers/status update
          /replicationcontrollers/finalizers update
          /pods list,watch,patch,create,delete
          events
        resourcequota-controller
          */* list,watch
          /resourcequotas/status update
          events
        route-controller
          /nodes list,watch
          /nodes/status patch
          events
        service-account-controller
          /serviceaccounts create
          events
        service-controller
          /services read
          /services/status patch,update
          /nodes list,watch
          events
        statefulset-controller
          /pods list,watch
          apps/statefulsets read
          apps/statefulsets/status update
          apps/statefulsets/finalizers update
          /pods get,create,delete,update,patch
          apps/controllerrevisions get,create,delete,update,patch,list,watch
          /persistentvolumeclaims get,create,list,watch
          /persistentvolumeclaims update,delete
          /pods/finalizers update
          events
        ttl-controller
          /nodes update,patch,list,watch
          events
        certificate-controller
          certificates.k8s.io/certificatesigningrequests get,list,watch,delete
          certificates.k8s.io/certificatesigningrequests/status,certificatesigningrequests/approval update
          certificates.k8s.io/signers approve kubernetes.io/kube-apiserver-client-kubelet
          certificates.k8s.io/signers sign kubernetes.io/legacy-unknown,kubernetes.io/kube-apiserver-client,kubernetes.io/kube-apiserver-client-kubelet,kubernetes.io/kubelet-serving
          authorization.k8s.io/subjectaccessreviews create
          events
        pvc-protection-controller
          /persistentvolumeclaims get,list,watch,update
          /pods read
          events
        pv-protection-controller
          /persistentvolumes get,list,watch,update
          events
        ttl-after-finished-controller
          batch/jobs get,list,watch,delete
          events
        root-ca-cert-publisher
          /configmaps create,update
          events
        validatingadmissionpolicy-status-controller
          admissionregistration.k8s.io/validatingadmissionpolicies read
          admissionregistration.k8s.io/validatingadmissionpolicies/status get,patch,update
          events
        legacy-service-account-token-cleaner
          /configmaps get kube-apiserver-legacy-service-account-token-tracking
          /secrets patch,delete
        """;
}
