namespace ActorPlane.Host.Tests.Golden;

/// <summary>What came of one request of the record.</summary>
/// <param name="Skipped">Why it was not replayed, or its answer not looked at; null when it was.</param>
/// <param name="Differences">Where our answer is another one.</param>
public sealed record Outcome(RecordedRequest Request, string? Skipped, IReadOnlyList<Difference> Differences);
