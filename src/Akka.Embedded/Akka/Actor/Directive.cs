#nullable disable
namespace Akka.Actor;

/// <summary>What a supervisor decides about a failed child.</summary>
public enum Directive
{
    /// <summary>Go on with the next message, state kept.</summary>
    Resume,

    /// <summary>Go on with the next message in a new instance.</summary>
    Restart,

    /// <summary>Fail oneself: the supervisor's supervisor decides.</summary>
    Escalate,

    /// <summary>Stop for good.</summary>
    Stop,
}
