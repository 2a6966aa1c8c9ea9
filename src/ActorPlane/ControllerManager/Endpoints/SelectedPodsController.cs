using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.ControllerManager.Endpoints;

/// <summary>
/// Follows the services that have a selector, and the pods that these select. Pods are watched only in namespaces that have
/// such a service: a cluster without services pays nothing.
/// </summary>
public abstract class SelectedPodsController : ReconcilingActor<NamespacedName>
{
    private readonly Informer<Service> _services;
    private readonly Dictionary<string, Watched> _byNamespace = new(StringComparer.Ordinal);

    /// <summary>A controller of something that is made from services and their pods.</summary>
    protected SelectedPodsController(IActorRef apiServer)
        : base(apiServer) =>
        _services = new Informer<Service>(Client, "services", ObjectSelector.All)
        {
            Added = OnSeen,
            Updated = (_, after, cause) => OnSeen(after, cause),
            Deleted = OnGone,
            Synced = _ => TakeTurn(),
        };

    /// <inheritdoc />
    protected override bool IsReady => _services.HasSynced;

    /// <summary>Makes what belongs to a service what it should be.</summary>
    /// <param name="pods">Those that the service selects, by name.</param>
    protected abstract void Perform(NamespacedName key, Service service, IReadOnlyList<Pod> pods, ReconcilePass pass);

    /// <summary>The service is gone.</summary>
    protected abstract void Remove(NamespacedName key, ReconcilePass pass);

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _services.Start(Client.NewCause());
    }

    /// <inheritdoc />
    protected override void Reconcile(NamespacedName key, ReconcilePass pass)
    {
        if (_services.Get(key) is not { } service)
        {
            Remove(key, pass);
            return;
        }

        // What a person keeps by hand is left alone. When the pods are known, the key comes again.
        if (!Selects(service) || !_byNamespace.TryGetValue(key.Namespace, out var watched) || !watched.Pods.HasSynced) return;
        Perform(key, service, [.. watched.Pods.Items.Where(pod => LabelSelectors.MatchesPlain(service.Spec.Selector, pod.Metadata.Labels))], pass);
    }

    private static bool Selects(Service service) => service.Spec.Selector.Count > 0 && service.Metadata.DeletionTimestamp is null;

    private void OnSeen(Service service, Cause cause)
    {
        var key = NamespacedName.Of(service);
        if (Selects(service))
        {
            if (!_byNamespace.TryGetValue(key.Namespace, out var watched))
            {
                _byNamespace[key.Namespace] = watched = new Watched(NewPods(key.Namespace));
                watched.Pods.Start(cause);
            }

            watched.Services.Add(key);
        }
        else
        {
            Forget(key, cause);
        }

        Enqueue(key, cause);
    }

    private void OnGone(Service service, Cause cause)
    {
        var key = NamespacedName.Of(service);
        Forget(key, cause);
        Enqueue(key, cause);
    }

    private void Forget(NamespacedName key, Cause cause)
    {
        if (!_byNamespace.TryGetValue(key.Namespace, out var watched)) return;
        watched.Services.Remove(key);
        if (watched.Services.Count > 0) return;
        watched.Pods.Stop(cause);
        _byNamespace.Remove(key.Namespace);
    }

    private Informer<Pod> NewPods(string @namespace) => new(Client, "pods", new ObjectSelector(Namespace: @namespace))
    {
        Added = EnqueueServicesOf,
        Deleted = EnqueueServicesOf,
        Updated = (before, after, cause) =>
        {
            if (IsSame(before, after)) return;
            EnqueueServicesOf(after, cause);
            if (before.Metadata.Labels != after.Metadata.Labels) EnqueueServicesOf(before, cause);
        },
        Synced = cause =>
        {
            if (!_byNamespace.TryGetValue(@namespace, out var watched)) return;
            foreach (var key in watched.Services) Enqueue(key, cause);
        },
    };

    private void EnqueueServicesOf(Pod pod, Cause cause)
    {
        if (!_byNamespace.TryGetValue(pod.Metadata.Namespace!, out var watched)) return;
        foreach (var key in watched.Services)
        {
            if (_services.Get(key) is { } service && LabelSelectors.MatchesPlain(service.Spec.Selector, pod.Metadata.Labels)) Enqueue(key, cause);
        }
    }

    private static bool IsSame(Pod before, Pod after) =>
        before.Status.PodIP == after.Status.PodIP && before.Status.Phase == after.Status.Phase
        && PodConditions.IsReady(before) == PodConditions.IsReady(after) && before.Spec.NodeName == after.Spec.NodeName
        && before.Metadata.DeletionTimestamp == after.Metadata.DeletionTimestamp && before.Metadata.Labels == after.Metadata.Labels;

    private sealed record Watched(Informer<Pod> Pods)
    {
        public SortedSet<NamespacedName> Services { get; } = [];
    }
}
