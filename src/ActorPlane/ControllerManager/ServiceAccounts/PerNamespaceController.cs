using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using Akka.Actor;

namespace ActorPlane.ControllerManager.ServiceAccounts;

/// <summary>Keeps one object of a fixed name in every namespace that is not being deleted.</summary>
/// <typeparam name="T">The object's type.</typeparam>
public abstract class PerNamespaceController<T> : ReconcilingActor<string>
    where T : class, IKubeObject
{
    private readonly string _resource;
    private readonly string _name;
    private readonly Informer<Namespace> _namespaces;
    private readonly Informer<T> _items;

    /// <summary>A controller of one object in each namespace.</summary>
    /// <param name="resource">As kubectl names it: <c>configmaps</c>.</param>
    /// <param name="name">The object's name everywhere.</param>
    protected PerNamespaceController(IActorRef apiServer, string resource, string name)
        : base(apiServer)
    {
        (_resource, _name) = (resource, name);
        _namespaces = new Informer<Namespace>(Client, "namespaces", ObjectSelector.All)
        {
            Added = (item, cause) => Enqueue(item.Metadata.Name!, cause),
            Synced = _ => TakeTurn(),
        };
        _items = new Informer<T>(Client, resource, new ObjectSelector(Name: name))
        {
            Updated = (_, after, cause) => Enqueue(after.Metadata.Namespace!, cause),
            Deleted = (item, cause) => Enqueue(item.Metadata.Namespace!, cause),
            Synced = _ => TakeTurn(),
        };
    }

    /// <inheritdoc />
    protected override bool IsReady => _namespaces.HasSynced && _items.HasSynced;

    /// <summary>The object as it should be: with what is there already, if anything, and is of no concern.</summary>
    /// <param name="current">What is there, or null.</param>
    protected abstract T Wanted(string @namespace, T? current);

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        var cause = Client.NewCause();
        _namespaces.Start(cause);
        _items.Start(cause);
    }

    /// <inheritdoc />
    protected override void Reconcile(string key, ReconcilePass pass)
    {
        if (_namespaces.Get("", key) is not { Metadata.DeletionTimestamp: null }) return;
        var current = _items.Get(key, _name);
        var wanted = Wanted(key, current);
        if (current is null)
        {
            // Forbidden: the namespace is being deleted, which we will hear of.
            Client.Create(_resource, wanted, pass.Cause, pass.Expect(null, StatusReason.AlreadyExists, StatusReason.NotFound, StatusReason.Forbidden));
        }
        else if (!wanted.Equals(current))
        {
            Client.Update(_resource, wanted, pass.Cause, pass.Expect(null, StatusReason.NotFound));
        }
    }
}
