using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.ControllerManager.GarbageCollection;

/// <summary>Decides over objects that have owners. (<c>attemptToDeleteItem</c> in <c>C/garbagecollector/garbagecollector.go</c>.)</summary>
public static class GarbagePlanner
{
    /// <summary>The verdict on an object with these owners.</summary>
    /// <param name="hasDependents">Whether other objects name this one as their owner.</param>
    public static GarbageVerdict Judge(ValueList<OwnerReference> owners, Func<OwnerReference, OwnerState> stateOf, bool hasDependents)
    {
        int solid = 0, waiting = 0;
        foreach (var owner in owners.AsSpan())
        {
            var state = stateOf(owner);
            if (state == OwnerState.Solid) solid++;
            else if (state == OwnerState.Waiting) waiting++;
        }

        if (solid == owners.Count) return GarbageVerdict.Keep;
        if (solid > 0) return GarbageVerdict.DropReferences;
        return waiting > 0 && hasDependents ? GarbageVerdict.DeleteInForeground : GarbageVerdict.Delete;
    }

    /// <summary>Whether the object is being deleted and waits for its blocking dependents.</summary>
    public static bool WaitsForDependents(IKubeObject item) => IsHeldBy(item, DeletionFinalizers.Foreground);

    /// <summary>Whether the object is being deleted and waits for its dependents to forget it.</summary>
    public static bool WaitsToOrphan(IKubeObject item) => IsHeldBy(item, DeletionFinalizers.Orphan);

    /// <summary>Whether a deletion of this owner in the foreground waits for this dependent.</summary>
    public static bool Blocks(IKubeObject dependent, string ownerUid)
    {
        foreach (var owner in dependent.Metadata.OwnerReferences.AsSpan())
        {
            if (owner.Uid == ownerUid && owner.BlockOwnerDeletion == true) return true;
        }

        return false;
    }

    /// <summary>The object with references that block no deletion: what breaks a circle of objects that wait for each other.</summary>
    public static IKubeObject Unblocked(IKubeObject item) =>
        item.WithMetadata(item.Metadata with { OwnerReferences = [.. item.Metadata.OwnerReferences.Select(owner => owner.BlockOwnerDeletion == true ? owner with { BlockOwnerDeletion = false } : owner)] });

    /// <summary>The object without a finalizer.</summary>
    public static IKubeObject WithoutFinalizer(IKubeObject item, string finalizer) =>
        item.WithMetadata(item.Metadata with { Finalizers = item.Metadata.Finalizers.RemoveAll(name => name == finalizer) });

    private static bool IsHeldBy(IKubeObject item, string finalizer) =>
        item.Metadata.DeletionTimestamp is not null && !item.Metadata.Finalizers.IsEmpty && item.Metadata.Finalizers.Contains(finalizer);
}
