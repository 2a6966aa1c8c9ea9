using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.ControllerManager.Namespaces;

/// <summary>
/// Empties namespaces that are being deleted: everything in them goes, resource by resource, and when nothing is left the
/// finalizer <c>kubernetes</c> is removed, with which the namespace itself goes. (<c>C/namespace</c>.)
/// </summary>
public sealed class NamespaceController : ReconcilingActor<string>
{
    private const string Finalizer = "kubernetes";

    private static readonly ResourceInfo[] BuiltIn =
        [.. KubeTypes.Resources.Where(info => info.Namespaced && info.Gvk == info.StorageGvk && info.Allows("list") && info.Allows("delete"))];

    private readonly NamespaceSettings _settings;
    private readonly Informer<Namespace> _namespaces;
    private readonly Informer<CustomResourceDefinition> _definitions;

    // The chain of messages goes on from the deletion, however long the wait.
    private readonly Dictionary<string, Cause> _deletions = new(StringComparer.Ordinal);

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public NamespaceController(IActorRef apiServer)
        : base(apiServer)
    {
        _settings = NamespaceSettings.Read(Context.System.Settings.Config);
        _namespaces = new Informer<Namespace>(Client, "namespaces", ObjectSelector.All)
        {
            Added = OnSeen,
            Updated = (before, after, cause) =>
            {
                if (before.Metadata.DeletionTimestamp is null) OnSeen(after, cause);
            },
            Deleted = (item, _) => _deletions.Remove(item.Metadata.Name!),
            Synced = _ => TakeTurn(),
        };
        _definitions = new Informer<CustomResourceDefinition>(Client, CustomResources.Definitions, ObjectSelector.All) { Synced = _ => TakeTurn() };
    }

    /// <inheritdoc />
    protected override bool IsReady => _namespaces.HasSynced && _definitions.HasSynced;

    // What makes other objects goes before what is made: else its controllers would try to make it again.
    private ResourceInfo[] Resources =>
    [
        .. BuiltIn.Concat(_definitions.Items.SelectMany(definition => CustomResources.Of(definition).Take(1)).Where(info => info.Namespaced))
            .OrderBy(info => info.Gvk.Group.Length == 0).ThenBy(info => info.GroupResource, StringComparer.Ordinal),
    ];

    /// <summary>The actor <c>/user/kube-controller-manager/namespace</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new NamespaceController(apiServer));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        var cause = Client.NewCause();
        _definitions.Start(cause);
        _namespaces.Start(cause);
    }

    /// <inheritdoc />
    protected override void Reconcile(string key, ReconcilePass pass)
    {
        if (_namespaces.Get("", key) is not { Metadata.DeletionTimestamp: not null } item || !item.Spec.Finalizers.Contains(Finalizer)) return;
        var cause = _deletions.GetValueOrDefault(key, pass.Cause);
        var content = new NamespaceContent(_settings.FinalizerEstimate);
        var resources = Resources;
        var open = resources.Length;
        foreach (var resource in resources)
        {
            Client.List(resource.GroupResource, new ObjectSelector(Namespace: key), cause, pass.Expect(
                outcome =>
                {
                    if (outcome.Reply is ApiServerProtocol.Listed listed)
                    {
                        foreach (var found in listed.Items) Delete(resource, found);
                    }
                    else if (!outcome.IsRefused(StatusReason.NotFound))
                    {
                        // A definition that went meanwhile took its objects along.
                        content.Failed($"{resource.GroupResource}: {outcome}");
                    }

                    EndOne();
                },
                StatusReason.NotFound));
        }

        void Delete(ResourceInfo resource, IKubeObject found)
        {
            if (found.Metadata.DeletionTimestamp is not null)
            {
                content.Remains(resource, found);
                return;
            }

            open++;
            Client.Delete(resource.GroupResource, key, found.Metadata.Name!, cause, pass.Expect(
                outcome =>
                {
                    if (outcome.Reply is ApiServerProtocol.Deleted { Gone: false } marked) content.Remains(resource, marked.Object);
                    else if (!outcome.IsDone && !outcome.IsRefused(StatusReason.NotFound) && !outcome.IsRefused(StatusReason.Conflict)) content.Failed($"{resource.GroupResource}: {outcome}");
                    EndOne();
                },
                StatusReason.NotFound, StatusReason.Conflict), uid: found.Metadata.Uid, propagation: ApiServerProtocol.PropagationPolicy.Background);
        }

        void EndOne()
        {
            if (--open == 0) Conclude(key, content, cause, pass);
        }
    }

    private void OnSeen(Namespace item, Cause cause)
    {
        if (item.Metadata.DeletionTimestamp is null) return;
        _deletions[item.Metadata.Name!] = cause;
        EnqueueAfter(item.Metadata.Name!, _settings.DeletionGracePeriod);
    }

    private void Conclude(string key, NamespaceContent content, Cause cause, ReconcilePass pass)
    {
        if (_namespaces.Get("", key) is not { Metadata.DeletionTimestamp: not null } item) return;
        if (content.IsEmpty)
        {
            var finalizers = item.Spec.Finalizers.RemoveAll(name => name == Finalizer);
            Client.Finalize(item with { Spec = item.Spec with { Finalizers = finalizers } }, cause, pass.Expect(null, StatusReason.NotFound));
            return;
        }

        EnqueueAfter(key, content.NextLook);
        var conditions = content.Conditions(item.Status.Conditions, Client.Now);
        if (conditions == item.Status.Conditions) return;
        Client.UpdateStatus("namespaces", item with { Status = item.Status with { Conditions = conditions } }, cause, pass.Expect(null, StatusReason.NotFound));
    }
}
