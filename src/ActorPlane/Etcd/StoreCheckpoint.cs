namespace ActorPlane.Etcd;

/// <summary>All keys as they were at one revision.</summary>
public readonly record struct StoreCheckpoint(long Revision, EtcdTree Tree);
