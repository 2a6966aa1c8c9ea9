#nullable disable
namespace Akka.Actor;

/// <summary>Every failed child stops, for configuration.</summary>
public class StoppingSupervisorStrategy : SupervisorStrategyConfigurator
{
    public StoppingSupervisorStrategy()
    {
    }

    public override SupervisorStrategy Create() => SupervisorStrategy.StoppingStrategy;
}
