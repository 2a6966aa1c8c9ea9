namespace ActorPlane.Etcd;

/// <summary>One journal write: what it stores, the state once it is durable, and who is to be told then.</summary>
/// <param name="Events">What to store; empty if there are only replies that had to wait for the writes before.</param>
/// <param name="State">The state behind all of the events.</param>
/// <param name="Replies">Replies in the order of their commands.</param>
internal sealed record StoreWrite<TClient>(
    IReadOnlyList<EtcdEvent> Events, StoreState State, IReadOnlyList<(TClient Client, object Reply)> Replies);
