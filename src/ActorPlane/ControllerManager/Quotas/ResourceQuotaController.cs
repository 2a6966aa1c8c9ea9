using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.ControllerManager.Quotas;

/// <summary>
/// Says in each ResourceQuota's status what is used. It watches only what a quota limits, and only in the quota's
/// namespace: a cluster without quotas pays nothing. (<c>C/resourcequota/resource_quota_controller.go</c>.)
/// </summary>
public sealed class ResourceQuotaController : ReconcilingActor<NamespacedName>
{
    private const string Resource = "resourcequotas";

    private readonly Informer<ResourceQuota> _quotas;
    private readonly Informer<CustomResourceDefinition> _definitions;

    // By namespace, then by resource.
    private readonly Dictionary<string, SortedDictionary<string, Informer<IKubeObject>>> _watched = new(StringComparer.Ordinal);

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public ResourceQuotaController(IActorRef apiServer)
        : base(apiServer)
    {
        _definitions = new Informer<CustomResourceDefinition>(Client, CustomResources.Definitions, ObjectSelector.All)
        {
            Added = (_, cause) => AdjustAll(cause),
            Updated = (_, _, cause) => AdjustAll(cause),
            Deleted = (_, cause) => AdjustAll(cause),
        };
        _quotas = new Informer<ResourceQuota>(Client, Resource, ObjectSelector.All)
        {
            Added = OnSeen,
            Updated = (_, after, cause) => OnSeen(after, cause),
            Deleted = (quota, cause) => Adjust(quota.Metadata.Namespace!, cause),
            Synced = _ => TakeTurn(),
        };
    }

    /// <inheritdoc />
    protected override bool IsReady => _quotas.HasSynced;

    /// <summary>The actor <c>/user/kube-controller-manager/resourcequota</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new ResourceQuotaController(apiServer));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        var cause = Client.NewCause();
        _definitions.Start(cause);
        _quotas.Start(cause);
    }

    /// <inheritdoc />
    protected override void Reconcile(NamespacedName key, ReconcilePass pass)
    {
        if (_quotas.Get(key) is not { Metadata.DeletionTimestamp: null } quota) return;
        var counted = _watched.TryGetValue(key.Namespace, out var watched) ? QuotaUsage.ResourcesOf(quota).Where(watched.ContainsKey).ToList() : [];
        if (counted.Exists(resource => !watched![resource].HasSynced)) return;
        var used = QuotaUsage.Sum(quota, counted.SelectMany(resource => watched![resource].Items.Select(item => (resource, item))));
        var status = new ResourceQuotaStatus { Hard = quota.Spec.Hard, Used = used };
        if (quota.Status == status) return;
        Client.UpdateStatus(Resource, quota with { Status = status }, pass.Cause, pass.Expect(null, StatusReason.NotFound));
    }

    private void OnSeen(ResourceQuota quota, Cause cause)
    {
        Adjust(quota.Metadata.Namespace!, cause);
        Enqueue(NamespacedName.Of(quota), cause);
    }

    private void AdjustAll(Cause cause)
    {
        foreach (var @namespace in _quotas.Items.Select(quota => quota.Metadata.Namespace!).Distinct(StringComparer.Ordinal)) Adjust(@namespace, cause);
    }

    private bool IsWatchable(string resource) =>
        KubeTypes.Resources.Any(info => info.GroupResource == resource && info.Namespaced && info.Allows("watch"))
        || (_definitions.Get("", resource) is { Spec.Scope: "Namespaced" } definition && CustomResources.IsTrue(definition, CustomResources.Established));

    /// <summary>Watches what the quotas of a namespace limit, and nothing else.</summary>
    private void Adjust(string @namespace, Cause cause)
    {
        var wanted = new SortedSet<string>(
            _quotas.Items.Where(quota => quota.Metadata.Namespace == @namespace).SelectMany(QuotaUsage.ResourcesOf)
                .Where(IsWatchable),
            StringComparer.Ordinal);
        if (!_watched.TryGetValue(@namespace, out var watched)) _watched[@namespace] = watched = new SortedDictionary<string, Informer<IKubeObject>>(StringComparer.Ordinal);
        foreach (var resource in watched.Keys.Where(resource => !wanted.Contains(resource)).ToList())
        {
            watched[resource].Stop(cause);
            watched.Remove(resource);
        }

        foreach (var resource in wanted.Where(resource => !watched.ContainsKey(resource)).ToList())
        {
            watched[resource] = new Informer<IKubeObject>(Client, resource, new ObjectSelector(Namespace: @namespace))
            {
                Added = (_, news) => EnqueueAll(@namespace, news),
                Updated = (before, after, news) =>
                {
                    if (Counts(before) != Counts(after)) EnqueueAll(@namespace, news);
                },
                Deleted = (_, news) => EnqueueAll(@namespace, news),
                Synced = news => EnqueueAll(@namespace, news),
            };
            watched[resource].Start(cause);
        }

        if (watched.Count == 0) _watched.Remove(@namespace);
    }

    // What of an object its usage depends on: most changes of pods are of no concern.
    private static (object?, object?, object?) Counts(IKubeObject item) => item switch
    {
        Pod pod => (pod.Status.Phase is "Succeeded" or "Failed", pod.Spec, pod.Metadata.DeletionGracePeriodSeconds),
        Service service => (service.Spec, null, null),
        PersistentVolumeClaim claim => (claim.Spec, null, null),
        _ => default,
    };

    private void EnqueueAll(string @namespace, Cause cause)
    {
        foreach (var quota in _quotas.Items)
        {
            if (quota.Metadata.Namespace == @namespace) Enqueue(NamespacedName.Of(quota), cause);
        }
    }
}
