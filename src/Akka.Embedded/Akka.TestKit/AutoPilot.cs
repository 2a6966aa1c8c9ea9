using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Runs in the test actor for every message before the test sees it, to reply for example.</summary>
public abstract class AutoPilot
{
    /// <summary>Ends the pilot.</summary>
    public static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;

    /// <summary>Keeps the pilot.</summary>
    public static KeepRunning KeepRunning => KeepRunning.Instance;

    /// <summary>Handles a message and returns who handles the next one.</summary>
    public abstract AutoPilot Run(IActorRef sender, object message);
}
