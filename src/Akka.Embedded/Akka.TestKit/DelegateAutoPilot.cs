using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A pilot that is a function.</summary>
public sealed class DelegateAutoPilot : AutoPilot
{
    private readonly AutoPilotDelegate _function;

    /// <param name="autoPilotDelegate">Handles a message and returns who handles the next one.</param>
    public DelegateAutoPilot(AutoPilotDelegate autoPilotDelegate) => _function = autoPilotDelegate;

    /// <inheritdoc />
    public override AutoPilot Run(IActorRef sender, object message) => _function(sender, message);
}
