namespace ActorPlane.Etcd;

/// <summary>
/// What the store makes of a command: refused with an error, or accepted with a result and, if it changes anything, the
/// event to store.
/// </summary>
/// <param name="Error">Why it is refused; null if it is not.</param>
/// <param name="Result">The result of an accepted <see cref="EtcdOp"/>; null for other commands.</param>
/// <param name="Event">What to store; null if nothing changes.</param>
public readonly record struct StoreDecision(EtcdError? Error, EtcdResult? Result, EtcdEvent? Event)
{
    public static StoreDecision Refuse(EtcdError error) => new(error, null, null);

    public static StoreDecision Accept(EtcdEvent? change, EtcdResult? result = null) => new(null, result, change);
}
