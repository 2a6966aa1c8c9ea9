#nullable disable
namespace Akka.Pattern;

/// <summary>When the child has run that long without failure.</summary>
internal sealed record AutoReset(TimeSpan ResetBackoff) : IBackoffReset;
