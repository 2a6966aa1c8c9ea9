using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ControllerManager.GarbageCollection;

/// <summary>Decides over objects whose owners are gone. (<c>attemptToDeleteItem</c> in <c>C/garbagecollector/garbagecollector.go</c>.)</summary>
public static class GarbagePlanner
{
    /// <summary>The verdict on an object with these owners.</summary>
    /// <param name="exists">Whether an owner, of this name and this uid, exists.</param>
    public static GarbageVerdict Judge(ValueList<OwnerReference> owners, Func<OwnerReference, bool> exists)
    {
        var solid = 0;
        foreach (var owner in owners)
        {
            if (exists(owner)) solid++;
        }

        if (solid == owners.Count) return GarbageVerdict.Keep;
        return solid > 0 ? GarbageVerdict.DropReferences : GarbageVerdict.Delete;
    }
}
