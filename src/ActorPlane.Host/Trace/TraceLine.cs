namespace ActorPlane.Host.Trace;

/// <summary>One line of the console's trace.</summary>
/// <param name="Time">Cluster time since the start.</param>
/// <param name="Depth">How deep below the message that began the chain; 0 for that one.</param>
/// <param name="BeginsChain">True for the first line of a chain.</param>
public sealed record TraceLine(TimeSpan Time, string From, string To, int Depth, bool BeginsChain, string Text)
{
    /// <summary>
    /// This line and the next as one, when both are the same message of one sender to different receivers, such as a
    /// change told to several watchers; null when they are not.
    /// </summary>
    public TraceLine? AndAlso(TraceLine next) =>
        next.From == From && next.Text == Text && next.To != To ? this with { Others = Others + 1 } : null;

    /// <summary>How many more receivers there were.</summary>
    public int Others { get; init; }
}
