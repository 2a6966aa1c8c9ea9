#nullable disable
namespace Akka.Pattern;

/// <summary>When a <see cref="BackoffSupervisor"/> forgets earlier failures.</summary>
public interface IBackoffReset
{
}
