using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.ControllerManager;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.ApiExtensions;

/// <summary>
/// What apiextensions-apiserver does beside serving: it accepts the names of new definitions, establishes them, with which
/// the API server begins to serve them, and deletes the objects of a definition that is being deleted before it lets the
/// definition go. (<c>apiextensions-apiserver/pkg/controller/{status,establish,finalizer}</c>.)
/// </summary>
public sealed class DefinitionController : ReconcilingActor<string>
{
    private readonly Informer<CustomResourceDefinition> _definitions;

    // What is left of definitions that are being deleted.
    private readonly Dictionary<string, Informer<IKubeObject>> _remains = new(StringComparer.Ordinal);

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public DefinitionController(IActorRef apiServer)
        : base(apiServer, "kube-apiserver")
    {
        _definitions = new Informer<CustomResourceDefinition>(Client, CustomResources.Definitions, ObjectSelector.All)
        {
            Added = (item, cause) => Enqueue(item.Metadata.Name!, cause),
            Updated = (_, after, cause) => Enqueue(after.Metadata.Name!, cause),
            Deleted = OnGone,
            Synced = _ => TakeTurn(),
        };
    }

    /// <inheritdoc />
    protected override bool IsReady => _definitions.HasSynced;

    /// <summary>The actor <c>/user/apiextensions-apiserver</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new DefinitionController(apiServer));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _definitions.Start(Client.NewCause());
    }

    /// <inheritdoc />
    protected override void Reconcile(string key, ReconcilePass pass)
    {
        if (_definitions.Get("", key) is not { } item) return;
        if (item.Metadata.DeletionTimestamp is not null)
        {
            if (item.Metadata.Finalizers.Contains(DefinitionStatus.Finalizer)) Finish(item, pass);
            return;
        }

        var planned = DefinitionStatus.WithApproval(NamePlanner.Plan(item, _definitions.Items, Client.Now), Client.Now);
        if (ReferenceEquals(planned, item) && CustomResources.IsTrue(item, CustomResources.NamesAccepted))
            planned = DefinitionStatus.With(item, CustomResources.Established, true, "InitialNamesAccepted", "the initial names have been accepted", Client.Now);
        Store(item, planned, pass);
    }

    private void Store(CustomResourceDefinition before, CustomResourceDefinition after, ReconcilePass pass)
    {
        if (!ReferenceEquals(before, after)) Client.UpdateStatus(CustomResources.Definitions, after, pass.Cause, pass.Expect(null, StatusReason.NotFound));
    }

    private void OnGone(CustomResourceDefinition item, Cause cause)
    {
        if (_remains.Remove(item.Metadata.Name!, out var remains)) remains.Stop(cause);

        // Its names are free.
        foreach (var other in _definitions.Items)
        {
            if (other.Spec.Group == item.Spec.Group) Enqueue(other.Metadata.Name!, cause);
        }
    }

    /// <summary>One step on the way to the end: say so, delete the objects, wait until none is left, say so, let the definition go.</summary>
    private void Finish(CustomResourceDefinition item, ReconcilePass pass)
    {
        var name = item.Metadata.Name!;
        var terminating = CustomResources.Condition(item, CustomResources.Terminating);
        if (!CustomResources.IsTrue(item, CustomResources.Established) || terminating?.Reason == "InstanceDeletionCompleted")
        {
            var freed = item with { Metadata = item.Metadata with { Finalizers = item.Metadata.Finalizers.RemoveAll(finalizer => finalizer == DefinitionStatus.Finalizer) } };
            Client.Update(CustomResources.Definitions, freed, pass.Cause, pass.Expect(null, StatusReason.NotFound));
            return;
        }

        var deleting = DefinitionStatus.With(
            item, CustomResources.Terminating, true, "InstanceDeletionInProgress", "CustomResource deletion is in progress", Client.Now);
        if (!ReferenceEquals(deleting, item))
        {
            Store(item, deleting, pass);
            return;
        }

        if (!_remains.TryGetValue(name, out var remains))
        {
            _remains.Add(name, remains = Watch(name));
            remains.Start(pass.Cause);
        }

        if (!remains.HasSynced) return;
        foreach (var left in remains.Items)
        {
            if (left.Metadata.DeletionTimestamp is not null) continue;
            Client.Delete(
                name, left.Metadata.Namespace ?? "", left.Metadata.Name!, pass.Cause, pass.Expect(null, StatusReason.NotFound),
                uid: left.Metadata.Uid, propagation: ApiServerProtocol.PropagationPolicy.Background);
        }

        if (remains.Count == 0)
        {
            Store(item, DefinitionStatus.With(
                item, CustomResources.Terminating, false, "InstanceDeletionCompleted", "removed all instances", Client.Now), pass);
        }
    }

    private Informer<IKubeObject> Watch(string resource) => new(Client, resource, ObjectSelector.Ownership)
    {
        Added = (_, cause) => Enqueue(resource, cause),
        Deleted = (_, cause) => Enqueue(resource, cause),
        Synced = cause => Enqueue(resource, cause),
    };
}
