namespace ActorPlane.ApiServer;

/// <summary>
/// The roles that every cluster has from the start, as 1.32 has them with its default feature gates.
/// (<c>plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go</c>, <c>namespace_policy.go</c>.)
/// <para>
/// A line at the margin begins a role: its name, then <c>in NAMESPACE</c> for a Role, <c>to=NAME</c> when its rules become part
/// of that role, <c>from=NAME</c> when its own are gathered. An indented line is a rule:
/// <c>GROUPS/RESOURCES VERBS [NAMES]</c>, lists with commas; <c>! URLS VERBS</c> for what is no resource; <c>events</c> for
/// writing Events. Of verbs, <c>read</c> is get, list, watch; <c>write</c> is all that change; <c>all</c> is both.
/// </para>
/// </summary>
internal static class RbacTable
{
    public const string Roles = """
        cluster-admin
          */* *
          ! * *
        system:discovery
          ! /livez,/readyz,/healthz,/version,/version/,/openapi,/openapi/*,/api,/api/*,/apis,/apis/* get
        system:monitoring
          ! /metrics,/metrics/slis,/livez,/readyz,/healthz,/livez/*,/readyz/*,/healthz/* get
        system:basic-user
          authorization.k8s.io/selfsubjectaccessreviews,selfsubjectrulesreviews create
          authentication.k8s.io/selfsubjectreviews create
        system:public-info-viewer
          ! /livez,/readyz,/healthz,/version,/version/ get
        admin from=admin
        edit from=edit to=admin
        view from=view to=edit
        system:aggregate-to-admin to=admin
          authorization.k8s.io/localsubjectaccessreviews create
          rbac.authorization.k8s.io/roles,rolebindings all
        system:aggregate-to-edit to=edit
          /pods/attach,pods/proxy,pods/exec,pods/portforward,secrets,services/proxy read
          /serviceaccounts impersonate
          /pods,pods/attach,pods/proxy,pods/exec,pods/portforward write
          /pods/eviction create
          /replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/proxy,persistentvolumeclaims,configmaps,secrets,events write
          /serviceaccounts/token create
          apps/statefulsets,statefulsets/scale,daemonsets,deployments,deployments/scale,deployments/rollback,replicasets,replicasets/scale write
          autoscaling/horizontalpodautoscalers write
          batch/jobs,cronjobs write
          extensions/daemonsets,deployments,deployments/scale,deployments/rollback,ingresses,replicasets,replicasets/scale,replicationcontrollers/scale,networkpolicies write
          policy/poddisruptionbudgets write
          networking.k8s.io/networkpolicies,ingresses write
          coordination.k8s.io/leases all
        system:aggregate-to-view to=view
          /pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,configmaps read
          /limitranges,resourcequotas,bindings,events,pods/status,resourcequotas/status,namespaces/status,replicationcontrollers/status,pods/log read
          /namespaces read
          discovery.k8s.io/endpointslices read
          apps/controllerrevisions,statefulsets,statefulsets/status,statefulsets/scale,daemonsets,daemonsets/status,deployments,deployments/status,deployments/scale,replicasets,replicasets/status,replicasets/scale read
          autoscaling/horizontalpodautoscalers,horizontalpodautoscalers/status read
          batch/jobs,cronjobs,cronjobs/status,jobs/status read
          extensions/daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale,networkpolicies read
          policy/poddisruptionbudgets,poddisruptionbudgets/status read
          networking.k8s.io/networkpolicies,ingresses,ingresses/status read
        system:heapster
          /events,pods,nodes,namespaces read
          extensions/deployments read
        system:node
          authentication.k8s.io/tokenreviews create
          authorization.k8s.io/subjectaccessreviews,localsubjectaccessreviews create
          /services read
          /nodes create,get,list,watch
          /nodes/status update,patch
          /nodes update,patch
          /events create,update,patch
          /pods read
          /pods create,delete
          /pods/status update,patch
          /pods/eviction create
          /secrets,configmaps read
          /persistentvolumeclaims,persistentvolumes get
          /endpoints get
          certificates.k8s.io/certificatesigningrequests create,get,list,watch
          coordination.k8s.io/leases get,create,update,patch,delete
          storage.k8s.io/volumeattachments get
          /serviceaccounts/token create
          /persistentvolumeclaims/status get,update,patch
          storage.k8s.io/csidrivers read
          storage.k8s.io/csinodes create,delete,get,patch,update
          node.k8s.io/runtimeclasses read
        system:node-problem-detector
          /nodes get
          /nodes/status patch
          events
        system:kubelet-api-admin
          /nodes read
          /nodes proxy
          /nodes/proxy,nodes/metrics,nodes/log,nodes/stats *
        system:node-bootstrapper
          certificates.k8s.io/certificatesigningrequests create,get,list,watch
        system:auth-delegator
          authentication.k8s.io/tokenreviews create
          authorization.k8s.io/subjectaccessreviews create
        system:kube-aggregator
          /services,endpoints read
        system:kube-controller-manager
          events
          coordination.k8s.io/leases create
          coordination.k8s.io/leases get,update kube-controller-manager
          /secrets,serviceaccounts create
          /secrets delete
          /namespaces,secrets,serviceaccounts,configmaps get
          /secrets,serviceaccounts update
          authentication.k8s.io/tokenreviews create
          authorization.k8s.io/subjectaccessreviews create
          */* list,watch
          /serviceaccounts/token create
        system:kube-dns
          /endpoints,services list,watch
        system:persistent-volume-provisioner
          /persistentvolumes get,list,watch,create,delete
          /persistentvolumeclaims get,list,watch,update
          storage.k8s.io/storageclasses read
          /events watch
          events
        system:volume-scheduler
          /persistentvolumes get,list,watch,patch,update
          storage.k8s.io/storageclasses read
          /persistentvolumeclaims get,list,watch,patch,update
        system:certificates.k8s.io:certificatesigningrequests:nodeclient
          certificates.k8s.io/certificatesigningrequests/nodeclient create
        system:certificates.k8s.io:certificatesigningrequests:selfnodeclient
          certificates.k8s.io/certificatesigningrequests/selfnodeclient create
        system:certificates.k8s.io:legacy-unknown-approver
          certificates.k8s.io/signers approve kubernetes.io/legacy-unknown
        system:certificates.k8s.io:kubelet-serving-approver
          certificates.k8s.io/signers approve kubernetes.io/kubelet-serving
        system:certificates.k8s.io:kube-apiserver-client-approver
          certificates.k8s.io/signers approve kubernetes.io/kube-apiserver-client
        system:certificates.k8s.io:kube-apiserver-client-kubelet-approver
          certificates.k8s.io/signers approve kubernetes.io/kube-apiserver-client-kubelet
        system:service-account-issuer-discovery
          ! /.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,/openid/v1/jwks/ get
        system:node-proxier
          /services,endpoints list,watch
          /nodes read
          events
          discovery.k8s.io/endpointslices list,watch
        system:kube-scheduler
          events
          coordination.k8s.io/leases create
          coordination.k8s.io/leases get,list,update,watch kube-scheduler
          coordination.k8s.io/leasecandidates all
          /nodes read
          /pods get,list,watch,delete
          /pods/binding,bindings create
          /pods/status patch,update
          /replicationcontrollers,services read
          apps,extensions/replicasets read
          apps/statefulsets read
          policy/poddisruptionbudgets read
          /persistentvolumeclaims,persistentvolumes read
          authentication.k8s.io/tokenreviews create
          authorization.k8s.io/subjectaccessreviews create
          storage.k8s.io/csinodes read
          storage.k8s.io/volumeattachments read
          /namespaces read
          storage.k8s.io/csidrivers read
          storage.k8s.io/csistoragecapacities read
        extension-apiserver-authentication-reader in kube-system
          /configmaps read extension-apiserver-authentication
        system:controller:bootstrap-signer in kube-system
          /secrets read
        system:controller:cloud-provider in kube-system
          /configmaps create,get,list,watch
        system:controller:token-cleaner in kube-system
          /secrets get,list,watch,delete
          events
        system::leader-locking-kube-controller-manager in kube-system
          /configmaps watch
          /configmaps get,update kube-controller-manager
          coordination.k8s.io/leases get,watch,list,create,update
        system::leader-locking-kube-scheduler in kube-system
          /configmaps watch
          /configmaps get,update kube-scheduler
        system:controller:bootstrap-signer in kube-public
          /configmaps read
          /configmaps update cluster-info
          events
        """;

    /// <summary>
    /// Who has the other roles: the binding's name, which is the role's unless <c>=ROLE</c> follows, and its subjects:
    /// <c>G:</c> a group, <c>U:</c> a user, <c>S:</c> an account in kube-system; <c>in NAMESPACE</c> for a RoleBinding.
    /// </summary>
    public const string Bindings = """
        cluster-admin G:system:masters
        system:monitoring G:system:monitoring
        system:discovery G:system:authenticated
        system:basic-user G:system:authenticated
        system:public-info-viewer G:system:authenticated G:system:unauthenticated
        system:node-proxier U:system:kube-proxy
        system:kube-controller-manager U:system:kube-controller-manager
        system:kube-dns S:kube-dns
        system:kube-scheduler U:system:kube-scheduler
        system:volume-scheduler U:system:kube-scheduler
        system:service-account-issuer-discovery G:system:serviceaccounts
        system:node
        system::extension-apiserver-authentication-reader=extension-apiserver-authentication-reader in kube-system U:system:kube-controller-manager U:system:kube-scheduler
        system::leader-locking-kube-controller-manager in kube-system U:system:kube-controller-manager S:kube-controller-manager S:leader-election-controller
        system::leader-locking-kube-scheduler in kube-system U:system:kube-scheduler S:kube-scheduler
        system:controller:bootstrap-signer in kube-system S:bootstrap-signer
        system:controller:cloud-provider in kube-system S:cloud-provider
        system:controller:token-cleaner in kube-system S:token-cleaner
        system:controller:bootstrap-signer in kube-public S:bootstrap-signer
        """;
}
