#nullable disable
namespace Akka.Pattern;

/// <summary>When it is told <see cref="BackoffSupervisor.Reset"/>.</summary>
internal sealed record ManualReset : IBackoffReset;
