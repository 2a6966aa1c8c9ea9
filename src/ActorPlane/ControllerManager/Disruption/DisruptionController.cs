using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Policy.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Settings;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;

namespace ActorPlane.ControllerManager.Disruption;

/// <summary>
/// Keeps the status of PodDisruptionBudgets, which evictions go by. Pods are watched only in namespaces that have a budget: a
/// cluster without budgets pays nothing. (<c>C/disruption/disruption.go</c>.)
/// </summary>
public sealed class DisruptionController : ReconcilingActor<NamespacedName>
{
    private const string Resource = "poddisruptionbudgets.policy";

    private readonly TimeSpan _deletionTimeout;
    private readonly Informer<PodDisruptionBudget> _budgets;
    private readonly Dictionary<string, Informer<Pod>> _pods = new(StringComparer.Ordinal);
    private readonly EventRecorder _events;

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public DisruptionController(IActorRef apiServer)
        : base(apiServer)
    {
        _deletionTimeout = ReadDeletionTimeout(Context.System.Settings.Config);
        _events = new EventRecorder(Client, component: "controllermanager");
        _budgets = new Informer<PodDisruptionBudget>(Client, Resource, ObjectSelector.All)
        {
            Added = OnSeen,
            Updated = (_, after, cause) => OnSeen(after, cause),
            Deleted = OnGone,
            Synced = _ => TakeTurn(),
        };
    }

    /// <inheritdoc />
    protected override bool IsReady => _budgets.HasSynced;

    /// <summary>The actor <c>/user/kube-controller-manager/disruption</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new DisruptionController(apiServer));

    internal static TimeSpan ReadDeletionTimeout(Config config) => SettingsReader.For(config, "actorplane.controller-manager.disruption").Duration("deletion-timeout");

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _budgets.Start(Client.NewCause());
    }

    /// <inheritdoc />
    protected override void Reconcile(NamespacedName key, ReconcilePass pass)
    {
        // When the pods are known, the key comes again.
        if (_budgets.Get(key) is not { } budget || !_pods.TryGetValue(key.Namespace, out var informer) || !informer.HasSynced) return;
        var pods = informer.Items.Where(pod => budget.Spec.Selector.Matches(pod.Metadata.Labels)).ToList();
        if (pods.Count == 0) _events.Normal(budget, "NoPods", "No matching pods found", pass.Cause);
        if (!DisruptionPlanner.NeedsScale(budget.Spec))
        {
            Write(budget, pods, 0, pass);
            return;
        }

        OwnerScales.Ask(Client, ApiServerSnapshot.Of(Context.System).Registry, pass, key.Namespace, pods, (scale, problem) =>
        {
            if (problem is null) Write(budget, pods, scale, pass);
            else Fail(budget, problem, pass);
        });
    }

    private void Write(PodDisruptionBudget budget, IReadOnlyList<Pod> pods, int scale, ReconcilePass pass)
    {
        var plan = DisruptionPlanner.Plan(budget, pods, scale, _deletionTimeout, Client.Now);
        foreach (var pod in plan.NotDeleted)
        {
            _events.Warning(pod, "NotDeleted", $"Pod was expected by PDB {budget.Metadata.Namespace}/{budget.Metadata.Name} to be deleted but it wasn't", pass.Cause);
        }

        // At the deadline itself the eviction still counts.
        if (plan.RecheckAt is { } at) EnqueueAfter(NamespacedName.Of(budget), at - Client.Now + TimeSpan.FromMilliseconds(1));
        Write(budget, plan.Status, pass);
    }

    private void Fail(PodDisruptionBudget budget, string problem, ReconcilePass pass)
    {
        if (problem.StartsWith("found no controllers", StringComparison.Ordinal)) _events.Warning(budget, "NoControllers", problem, pass.Cause);
        _events.Warning(budget, "CalculateExpectedPodCountFailed", "Failed to calculate the number of expected pods: " + problem, pass.Cause);
        Write(budget, DisruptionConditions.Failed(budget.Status, problem, Client.Now), pass);
    }

    private void Write(PodDisruptionBudget budget, PodDisruptionBudgetStatus status, ReconcilePass pass)
    {
        if (budget.Status != status) Client.UpdateStatus(Resource, budget with { Status = status }, pass.Cause, pass.Expect(null, StatusReason.NotFound));
    }

    private void OnSeen(PodDisruptionBudget budget, Cause cause)
    {
        var key = NamespacedName.Of(budget);
        if (!_pods.ContainsKey(key.Namespace))
        {
            _pods[key.Namespace] = NewPods(key.Namespace);
            _pods[key.Namespace].Start(cause);
        }

        Enqueue(key, cause);
    }

    private void OnGone(PodDisruptionBudget budget, Cause cause)
    {
        var @namespace = budget.Metadata.Namespace!;
        if (_budgets.Items.Any(other => other.Metadata.Namespace == @namespace) || !_pods.Remove(@namespace, out var pods)) return;
        pods.Stop(cause);
    }

    private Informer<Pod> NewPods(string @namespace) => new(Client, "pods", new ObjectSelector(Namespace: @namespace))
    {
        Added = EnqueueBudgetsOf,
        Deleted = EnqueueBudgetsOf,
        Updated = (before, after, cause) =>
        {
            if (IsSame(before, after)) return;
            EnqueueBudgetsOf(after, cause);
            if (before.Metadata.Labels != after.Metadata.Labels) EnqueueBudgetsOf(before, cause);
        },
        Synced = cause =>
        {
            foreach (var budget in _budgets.Items.Where(budget => budget.Metadata.Namespace == @namespace)) Enqueue(NamespacedName.Of(budget), cause);
        },
    };

    private void EnqueueBudgetsOf(Pod pod, Cause cause)
    {
        foreach (var budget in _budgets.Items)
        {
            if (budget.Metadata.Namespace == pod.Metadata.Namespace && budget.Spec.Selector.Matches(pod.Metadata.Labels)) Enqueue(NamespacedName.Of(budget), cause);
        }
    }

    private static bool IsSame(Pod before, Pod after) =>
        PodConditions.IsReady(before) == PodConditions.IsReady(after) && before.Metadata.DeletionTimestamp == after.Metadata.DeletionTimestamp
        && before.Metadata.Labels == after.Metadata.Labels && Owners.ControllerUidOf(before) == Owners.ControllerUidOf(after);
}
