namespace ActorPlane.Network;

/// <summary>How a sender repeats what was lost, as TCP does: first after <paramref name="Initial"/>, then twice as long, and so on.</summary>
/// <param name="Initial">The wait before the first repetition.</param>
/// <param name="Max">The longest wait.</param>
/// <param name="Limit">After so many repetitions in vain the connection is given up.</param>
public sealed record RetransmissionSettings(TimeSpan Initial, TimeSpan Max, int Limit);
