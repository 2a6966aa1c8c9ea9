using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Says that the current pilot stays.</summary>
public sealed class KeepRunning : AutoPilot
{
    /// <summary>The only one.</summary>
    public static KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">Always: it only stands for another pilot.</exception>
    public override AutoPilot Run(IActorRef sender, object message) => throw new InvalidOperationException("must not call");
}
