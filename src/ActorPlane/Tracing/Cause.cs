namespace ActorPlane.Tracing;

/// <summary>
/// What set a chain of messages off: one HTTP request, one command of a person, one timer. Every protocol record
/// carries the cause of the message that it answers or follows from, copied unchanged, so that all messages with one
/// cause are one trace. <see cref="None"/> marks a message that nothing traced led to.
/// </summary>
/// <param name="Id">Unique within a run, derived from the run's seed; 0 is <see cref="None"/>.</param>
public readonly record struct Cause(ulong Id)
{
    /// <summary>No cause is known, or tracing was off where the chain began.</summary>
    public static Cause None => default;

    /// <summary>True unless this is <see cref="None"/>.</summary>
    public bool IsKnown => Id != 0;

    /// <summary>16 lower-case hexadecimal digits, the form in which traces print it.</summary>
    public override string ToString() => Id.ToString("x16");
}
