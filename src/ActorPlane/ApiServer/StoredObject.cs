using ActorPlane.Api;
using ActorPlane.Etcd;

namespace ActorPlane.ApiServer;

/// <summary>One key of etcd as the server knows it, with the writes that wait for it.</summary>
internal sealed class StoredObject(ResourceCache resource, NamespacedName name, EtcdKey key)
{
    public ResourceCache Resource { get; } = resource;

    public NamespacedName Name { get; } = name;

    public EtcdKey Key { get; } = key;

    /// <summary>The object as last committed, with its resourceVersion; null when there is none.</summary>
    public IKubeObject? Current { get; set; }

    /// <summary>The revision of its last change; 0 when there is none.</summary>
    public long ModRevision { get; set; }

    /// <summary>The write that is under way to etcd, or null.</summary>
    public WriteRequest? InFlight { get; set; }

    /// <summary>Writes that wait for it, or null.</summary>
    public Queue<WriteRequest>? Waiting { get; set; }

    /// <summary>Nothing is stored and nobody writes: it may be forgotten.</summary>
    public bool IsIdle => Current is null && InFlight is null && Waiting is null or { Count: 0 };
}
