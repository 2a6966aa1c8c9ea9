using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// Parts of an object's metadata that stay as they are when its status is written. Most kinds keep nothing: a status write
/// carries labels and annotations along (<c>PrepareForUpdate</c> of the status strategies in <c>pkg/registry</c>).
/// </summary>
[Flags]
public enum StatusKeeps
{
    /// <summary>All that a client may change at all changes.</summary>
    Nothing = 0,

    Labels = 1,

    Annotations = 2,

    Finalizers = 4,

    OwnerReferences = 8,

    /// <summary>Everything but the managed fields.</summary>
    Metadata = Labels | Annotations | Finalizers | OwnerReferences,
}

/// <summary>The metadata after a write of the status.</summary>
internal static class StatusMetadata
{
    /// <summary>The old metadata with what of the new one counts.</summary>
    public static ObjectMeta Of(ObjectMeta wanted, ObjectMeta old, StatusKeeps keeps)
    {
        if (ReferenceEquals(wanted, old)) return old;
        var after = old with
        {
            Labels = keeps.HasFlag(StatusKeeps.Labels) ? old.Labels : wanted.Labels,
            Annotations = keeps.HasFlag(StatusKeeps.Annotations) ? old.Annotations : wanted.Annotations,
            Finalizers = keeps.HasFlag(StatusKeeps.Finalizers) ? old.Finalizers : wanted.Finalizers,
            OwnerReferences = keeps.HasFlag(StatusKeeps.OwnerReferences) ? old.OwnerReferences : wanted.OwnerReferences,
            ManagedFields = wanted.ManagedFields,
        };
        return after.Equals(old) ? old : after;
    }
}
