namespace ActorPlane.Etcd;

/// <summary>
/// Stands for a snapshot whose bytes cannot be read. A value instead of an exception, because Akka.Persistence tells of a
/// snapshot that failed to load without saying which: with this the store learns its number and can take an older one.
/// </summary>
/// <param name="Problem">What is wrong with the bytes.</param>
public sealed record DamagedSnapshot(string Problem);
