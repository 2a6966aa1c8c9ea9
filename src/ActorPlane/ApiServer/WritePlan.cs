using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ApiServer;

/// <summary>What a write comes to: what <see cref="WritePlanner"/> decides and the server carries out.</summary>
public abstract record WritePlan
{
    private WritePlan()
    {
    }

    /// <summary>Put this object under its key. It carries no resourceVersion: etcd's revision becomes that.</summary>
    public sealed record Store(IKubeObject Object) : WritePlan
    {
        /// <summary>It is deleted without grace: marked first, which watches see, and taken away with the next write.</summary>
        public bool ThenRemove { get; init; }
    }

    /// <summary>Take the object away.</summary>
    public sealed record Remove : WritePlan
    {
        /// <summary>The only one there is.</summary>
        public static Remove Instance { get; } = new();
    }

    /// <summary>Nothing would change: answer with what is there, and write nothing.</summary>
    public sealed record Keep : WritePlan
    {
        /// <summary>The only one there is.</summary>
        public static Keep Instance { get; } = new();
    }

    /// <summary>Answer with this Status, and write nothing.</summary>
    public sealed record Refuse(Status Status) : WritePlan;
}
