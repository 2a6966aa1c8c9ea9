using ActorPlane.Api.Rbac.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.ControllerManager.ClusterRoles;

/// <summary>
/// Gathers the rules of roles with an <c>aggregationRule</c> from the roles that it selects.
/// (<c>C/clusterroleaggregation/clusterroleaggregation_controller.go</c>.)
/// </summary>
public sealed class ClusterRoleAggregationController : ReconcilingActor<NamespacedName>
{
    private const string Resource = "clusterroles.rbac.authorization.k8s.io";

    private readonly Informer<ClusterRole> _roles;

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public ClusterRoleAggregationController(IActorRef apiServer)
        : base(apiServer) =>
        _roles = new Informer<ClusterRole>(Client, Resource, ObjectSelector.All)
        {
            Added = (_, cause) => EnqueueAll(cause),
            Updated = (_, _, cause) => EnqueueAll(cause),
            Deleted = (_, cause) => EnqueueAll(cause),
            Synced = EnqueueAll,
        };

    /// <inheritdoc />
    protected override bool IsReady => _roles.HasSynced;

    /// <summary>The actor <c>/user/kube-controller-manager/clusterrole-aggregation</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new ClusterRoleAggregationController(apiServer));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _roles.Start(Client.NewCause());
    }

    /// <inheritdoc />
    protected override void Reconcile(NamespacedName key, ReconcilePass pass)
    {
        if (_roles.Get(key) is not { AggregationRule: not null } role) return;
        var rules = RoleAggregation.RulesOf(role, _roles.Items);
        if (role.Rules != rules) Client.Update(Resource, role with { Rules = rules }, pass.Cause, pass.Expect(null, StatusReason.NotFound));
    }

    // Roles change seldom: any of them may be selected by any aggregated one.
    private void EnqueueAll(Cause cause)
    {
        if (!IsReady) return;
        foreach (var role in _roles.Items)
        {
            if (role.AggregationRule is not null) Enqueue(NamespacedName.Of(role), cause);
        }
    }
}
