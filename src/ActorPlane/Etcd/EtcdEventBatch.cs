namespace ActorPlane.Etcd;

/// <summary>What one journal write stores: the events of all commands that gathered while the write before was under way.</summary>
/// <param name="Events">In order; not empty.</param>
public sealed record EtcdEventBatch(IReadOnlyList<EtcdEvent> Events);
