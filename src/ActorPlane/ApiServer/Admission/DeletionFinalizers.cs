using ActorPlane.Api;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.ApiServer;

/// <summary>
/// How a deletion asks the garbage collector for its part: by a finalizer that holds the object until the dependents are
/// seen to. (<c>deletionFinalizersForGarbageCollection</c> in <c>G/apiserver/pkg/registry/generic/registry/store.go</c>.)
/// </summary>
public static class DeletionFinalizers
{
    /// <summary>Holds an object until its dependents have forgotten it.</summary>
    public const string Orphan = "orphan";

    /// <summary>Holds an object until its blocking dependents are gone.</summary>
    public const string Foreground = "foregroundDeletion";

    /// <summary>
    /// The finalizers of an object that is deleted. What the request says goes before the finalizers that are there, and
    /// these before the kind's default. The same list when nothing changes. Events have no part in ownership.
    /// </summary>
    public static ValueList<string> For(ResourceType resource, ValueList<string> finalizers, PropagationPolicy? requested)
    {
        if (resource.Info.Gvk.Kind == "Event") return finalizers;
        var wanted = requested switch
        {
            PropagationPolicy.Orphan => Orphan,
            PropagationPolicy.Foreground => Foreground,
            PropagationPolicy.Background => null,
            _ => finalizers.Contains(Orphan) ? Orphan
                : finalizers.Contains(Foreground) ? Foreground
                : resource.Strategy.OrphansByDefault ? Orphan : null,
        };
        var others = finalizers.RemoveAll(name => name is Orphan or Foreground && name != wanted);
        return wanted is null || others.Contains(wanted) ? others : others.Add(wanted);
    }
}
