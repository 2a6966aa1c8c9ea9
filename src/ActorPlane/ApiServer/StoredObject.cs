using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Etcd;

namespace ActorPlane.ApiServer;

/// <summary>One key of etcd that is being written, with the writes that wait for it.</summary>
internal sealed class StoredObject(ResourceCache resource, NamespacedName name, EtcdKey key, IKubeObject? current)
{
    public ResourceCache Resource { get; } = resource;

    public NamespacedName Name { get; } = name;

    public EtcdKey Key { get; } = key;

    /// <summary>The object as last committed, with its resourceVersion; null when there is none.</summary>
    public IKubeObject? Current { get; set; } = current;

    /// <summary>The revision of its last change; 0 when there is none.</summary>
    public long ModRevision => Current is null ? 0 : RevisionOf(Current);

    /// <summary>The write that is under way to etcd, or null.</summary>
    public WriteRequest? InFlight { get; set; }

    /// <summary>Writes that wait for it, or null.</summary>
    public Queue<WriteRequest>? Waiting { get; set; }

    /// <summary>Nobody writes: it may be forgotten.</summary>
    public bool IsIdle => InFlight is null && Waiting is null or { Count: 0 };

    /// <summary>The revision of a committed object's last change.</summary>
    public static long RevisionOf(IKubeObject committed) => long.Parse(committed.Metadata.ResourceVersion!, CultureInfo.InvariantCulture);
}
