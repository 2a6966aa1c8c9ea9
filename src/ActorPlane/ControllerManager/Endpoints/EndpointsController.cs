using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using Akka.Actor;
using CoreEndpoints = ActorPlane.Api.Core.V1.Endpoints;

namespace ActorPlane.ControllerManager.Endpoints;

/// <summary>
/// Keeps the Endpoints of each service with a selector. Endpoints that someone writes without a service, or changes, are not
/// looked at until their service or its pods change. (<c>C/endpoint/endpoints_controller.go</c>.)
/// </summary>
public sealed class EndpointsController : SelectedPodsController
{
    private const string Resource = "endpoints";

    private readonly Informer<CoreEndpoints> _endpoints;

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public EndpointsController(IActorRef apiServer)
        : base(apiServer) =>
        _endpoints = new Informer<CoreEndpoints>(Client, Resource, ObjectSelector.All)
        {
            Deleted = (item, cause) => Enqueue(NamespacedName.Of(item), cause),
            Synced = _ => TakeTurn(),
        };

    /// <inheritdoc />
    protected override bool IsReady => base.IsReady && _endpoints.HasSynced;

    /// <summary>The actor <c>/user/kube-controller-manager/endpoint</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new EndpointsController(apiServer));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _endpoints.Start(Client.NewCause());
    }

    /// <inheritdoc />
    protected override void Perform(NamespacedName key, Service service, IReadOnlyList<Pod> pods, ReconcilePass pass)
    {
        var subsets = EndpointPlanner.Subsets(service, pods);
        var labels = EndpointPlanner.EndpointsLabels(service);
        if (_endpoints.Get(key) is not { } current)
        {
            var item = new CoreEndpoints { Metadata = new ObjectMeta { Namespace = key.Namespace, Name = key.Name, Labels = labels }, Subsets = subsets };
            Client.Create(Resource, item, pass.Cause, pass.Expect(null, StatusReason.Forbidden, StatusReason.NotFound));
        }
        else if (current.Subsets != subsets || current.Metadata.Labels != labels)
        {
            Client.Update(Resource, current with { Metadata = current.Metadata with { Labels = labels }, Subsets = subsets }, pass.Cause, pass.Expect(null, StatusReason.NotFound));
        }
    }

    /// <inheritdoc />
    protected override void Remove(NamespacedName key, ReconcilePass pass)
    {
        if (_endpoints.Get(key) is { } current)
            Client.Delete(Resource, key.Namespace, key.Name, pass.Cause, pass.Expect(null, StatusReason.NotFound), uid: current.Metadata.Uid);
    }
}
