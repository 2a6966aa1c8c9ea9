using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;

namespace ActorPlane.ControllerManager.Disruption;

/// <summary>
/// Asks how many pods the owners of some pods want together: a Deployment speaks for its ReplicaSets, any other owner that
/// has a scale for itself. Pods without an owner count for nothing. (<c>C/disruption/disruption.go</c>, getExpectedScale.)
/// </summary>
internal sealed class OwnerScales
{
    private readonly ApiClient _client;
    private readonly ResourceRegistry _registry;
    private readonly ReconcilePass _pass;
    private readonly string _namespace;
    private readonly Action<int, string?> _done;
    private readonly Dictionary<string, int> _byUid = new(StringComparer.Ordinal);
    private string? _problem;
    private bool _isUnknown;
    private int _open = 1;

    private OwnerScales(ApiClient client, ResourceRegistry registry, ReconcilePass pass, string @namespace, Action<int, string?> done) =>
        (_client, _registry, _pass, _namespace, _done) = (client, registry, pass, @namespace, done);

    /// <summary>
    /// Asks within a pass. <paramref name="done"/> gets the sum, or what is wrong; it is not called when the server gave no answer,
    /// which fails the pass.
    /// </summary>
    public static void Ask(ApiClient client, ResourceRegistry registry, ReconcilePass pass, string @namespace, IReadOnlyList<Pod> pods, Action<int, string?> done)
    {
        var scales = new OwnerScales(client, registry, pass, @namespace, done);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            if (Owners.ControllerOf(pod) is { } owner && asked.Add(owner.Uid ?? "")) scales.Ask(owner, pod.Metadata.Name!);
        }

        scales.End();
    }

    /// <summary>The replicas that an object asks for.</summary>
    internal static int ReplicasOf(IKubeObject item) => item switch
    {
        ReplicationController controller => controller.Spec.Replicas ?? 1,
        ReplicaSet set => set.Spec.Replicas ?? 1,
        Deployment deployment => deployment.Spec.Replicas ?? 1,
        StatefulSet set => set.Spec.Replicas ?? 1,
        _ => 0,
    };

    private void Ask(OwnerReference owner, string pod)
    {
        var kind = GroupVersionKind.From(owner.ApiVersion ?? "", owner.Kind ?? "");
        if (kind is { Group: "apps" or "extensions", Kind: "ReplicaSet" })
        {
            Get("replicasets.apps", owner, pod, set =>
            {
                if (Owners.ControllerOf(set) is { Kind: "Deployment" } deployment) Get("deployments.apps", deployment, pod, Take);
                else Take(set);
            });
            return;
        }

        if (_registry.Find(kind) is not { } info)
        {
            _problem ??= $"no matches for kind {GoText.Quote(kind.Kind)} in version {GoText.Quote(kind.ApiVersion)}";
            return;
        }

        if (info.Subresource("scale") is null) _problem ??= $"{info.GroupResource} does not implement the scale subresource";
        else Get(info.GroupResource, owner, pod, item => _byUid[item.Metadata.Uid!] = item is CustomObject custom ? ReplicasOf(custom, info) : ReplicasOf(item));
    }

    private void Take(IKubeObject item) => _byUid[item.Metadata.Uid!] = ReplicasOf(item);

    // The path is such as .spec.replicas.
    private static int ReplicasOf(CustomObject item, ResourceInfo info) =>
        (int)(item.Content.At((info.Custom?.Scale?.SpecReplicasPath ?? "").TrimStart('.').Split('.'))?.AsInt64 ?? 0);

    private void Get(string resource, OwnerReference owner, string pod, Action<IKubeObject> then)
    {
        _open++;
        _client.Get(resource, _namespace, owner.Name ?? "", _pass.Cause, _pass.Expect(
            outcome =>
            {
                if (outcome.Object is { } found && found.Metadata.Uid == owner.Uid) then(found);
                else if (outcome.IsDone || outcome.IsRefused(StatusReason.NotFound)) _problem ??= $"found no controllers for pod {GoText.Quote(pod)}";
                else _isUnknown = true;
                End();
            },
            StatusReason.NotFound));
    }

    private void End()
    {
        if (--_open == 0 && !_isUnknown) _done(_byUid.Values.Total(), _problem);
    }
}
