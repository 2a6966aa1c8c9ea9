using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Settings;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.ControllerManager.Endpoints;

/// <summary>
/// Keeps the EndpointSlices of each service with a selector. They belong to the service, with which the garbage collector
/// takes them away. (<c>C/endpointslice/endpointslice_controller.go</c>.)
/// </summary>
public sealed class EndpointSliceController : SelectedPodsController
{
    private const string Resource = "endpointslices.discovery.k8s.io";

    private readonly int _maxEndpoints;
    private readonly Informer<EndpointSlice> _slices;
    private readonly Dictionary<NamespacedName, SortedDictionary<string, EndpointSlice>> _byService = [];

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public EndpointSliceController(IActorRef apiServer)
        : base(apiServer)
    {
        _maxEndpoints = ReadMaxEndpoints(Context.System.Settings.Config);
        _slices = new Informer<EndpointSlice>(Client, Resource, ObjectSelector.All)
        {
            Added = OnSeen,
            Updated = (_, after, cause) => OnSeen(after, cause),
            Deleted = OnGone,
            Synced = _ => TakeTurn(),
        };
    }

    /// <summary>The setting <c>actorplane.controller-manager.endpointslice.max-endpoints-per-slice</c>.</summary>
    public static int ReadMaxEndpoints(Akka.Configuration.Config config) =>
        SettingsReader.For(config, "actorplane.controller-manager.endpointslice").Int32("max-endpoints-per-slice", 1, 1000);

    /// <inheritdoc />
    protected override bool IsReady => base.IsReady && _slices.HasSynced;

    /// <summary>The actor <c>/user/kube-controller-manager/endpointslice</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new EndpointSliceController(apiServer));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _slices.Start(Client.NewCause());
    }

    /// <inheritdoc />
    protected override void Perform(NamespacedName key, Service service, IReadOnlyList<Pod> pods, ReconcilePass pass)
    {
        var labels = EndpointPlanner.SliceLabels(service);
        var missing = EndpointPlanner.Slices(service, pods, _maxEndpoints).ToList();
        var spare = new Queue<EndpointSlice>();
        foreach (var slice in _byService.TryGetValue(key, out var known) ? [.. known.Values] : Array.Empty<EndpointSlice>())
        {
            var index = missing.FindIndex(wanted => wanted.Endpoints == slice.Endpoints && wanted.Ports == slice.Ports);
            if (index >= 0 && slice.Metadata.Labels == labels) missing.RemoveAt(index);
            else spare.Enqueue(slice);
        }

        foreach (var (endpoints, ports) in missing)
        {
            if (spare.TryDequeue(out var slice))
            {
                Client.Update(
                    Resource, slice with { Metadata = slice.Metadata with { Labels = labels }, Endpoints = endpoints, Ports = ports }, pass.Cause,
                    pass.Expect(null, StatusReason.NotFound));
                continue;
            }

            var item = new EndpointSlice
            {
                Metadata = new ObjectMeta
                {
                    Namespace = key.Namespace,
                    GenerateName = key.Name + "-",
                    Labels = labels,
                    OwnerReferences = [Owners.ControllerReference(service)],
                },
                AddressType = "IPv4",
                Endpoints = endpoints,
                Ports = ports,
            };
            Client.Create(Resource, item, pass.Cause, pass.Expect(null, StatusReason.Forbidden, StatusReason.NotFound));
        }

        foreach (var slice in spare)
            Client.Delete(Resource, key.Namespace, slice.Metadata.Name!, pass.Cause, pass.Expect(null, StatusReason.NotFound), uid: slice.Metadata.Uid);
    }

    /// <inheritdoc />
    protected override void Remove(NamespacedName key, ReconcilePass pass)
    {
        // They have an owner that is gone: the garbage collector's business.
    }

    private static NamespacedName? ServiceOf(EndpointSlice slice) =>
        slice.Metadata.Labels.GetValueOrDefault(EndpointPlanner.ManagedByLabel) == EndpointPlanner.Manager
        && slice.Metadata.Labels.GetValueOrDefault(EndpointPlanner.ServiceNameLabel) is { } name
            ? new NamespacedName(slice.Metadata.Namespace!, name) : null;

    private void OnSeen(EndpointSlice slice, Cause cause)
    {
        if (ServiceOf(slice) is not { } key) return;
        if (!_byService.TryGetValue(key, out var slices)) _byService[key] = slices = new SortedDictionary<string, EndpointSlice>(StringComparer.Ordinal);
        slices[slice.Metadata.Name!] = slice;
        Enqueue(key, cause);
    }

    private void OnGone(EndpointSlice slice, Cause cause)
    {
        if (ServiceOf(slice) is not { } key || !_byService.TryGetValue(key, out var slices)) return;
        slices.Remove(slice.Metadata.Name!);
        if (slices.Count == 0) _byService.Remove(key);
        Enqueue(key, cause);
    }
}
