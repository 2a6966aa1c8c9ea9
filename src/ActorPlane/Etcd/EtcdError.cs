namespace ActorPlane.Etcd;

/// <summary>Why the store refused a command: etcd's code and text (<c>etcd/api/v3rpc/rpctypes/error.go</c>).</summary>
/// <param name="Code">The gRPC status code.</param>
/// <param name="Message">The text, word for word as etcd's clients expect it.</param>
public sealed record EtcdError(EtcdErrorCode Code, string Message)
{
    public static EtcdError EmptyKey { get; } = new(EtcdErrorCode.InvalidArgument, "etcdserver: key is not provided");

    public static EtcdError KeyNotFound { get; } = new(EtcdErrorCode.InvalidArgument, "etcdserver: key not found");

    public static EtcdError ValueProvided { get; } = new(EtcdErrorCode.InvalidArgument, "etcdserver: value is provided");

    public static EtcdError LeaseProvided { get; } = new(EtcdErrorCode.InvalidArgument, "etcdserver: lease is provided");

    public static EtcdError TooManyOps { get; } =
        new(EtcdErrorCode.InvalidArgument, "etcdserver: too many operations in txn request");

    public static EtcdError DuplicateKey { get; } =
        new(EtcdErrorCode.InvalidArgument, "etcdserver: duplicate key given in txn request");

    public static EtcdError Compacted { get; } =
        new(EtcdErrorCode.OutOfRange, "etcdserver: mvcc: required revision has been compacted");

    public static EtcdError FutureRevision { get; } =
        new(EtcdErrorCode.OutOfRange, "etcdserver: mvcc: required revision is a future revision");

    public static EtcdError RequestTooLarge { get; } =
        new(EtcdErrorCode.InvalidArgument, "etcdserver: request is too large");

    public static EtcdError TooManyRequests { get; } =
        new(EtcdErrorCode.ResourceExhausted, "etcdserver: too many requests");

    public static EtcdError LeaseNotFound { get; } = new(EtcdErrorCode.NotFound, "etcdserver: requested lease not found");

    public static EtcdError LeaseExists { get; } = new(EtcdErrorCode.FailedPrecondition, "etcdserver: lease already exists");

    public static EtcdError LeaseTtlTooLarge { get; } = new(EtcdErrorCode.OutOfRange, "etcdserver: too large lease TTL");

    /// <summary>A watch id that the same client already uses (<c>mvcc/watcher.go</c>).</summary>
    public static EtcdError DuplicateWatchId { get; } =
        new(EtcdErrorCode.InvalidArgument, "mvcc: duplicate watch ID provided on the WatchStream");

    /// <summary>A watch whose range can hold no key (<c>mvcc/watcher.go</c>).</summary>
    public static EtcdError EmptyWatcherRange { get; } =
        new(EtcdErrorCode.InvalidArgument, "mvcc: watcher range is empty");

    public override string ToString() => $"{Code}: {Message}";
}
