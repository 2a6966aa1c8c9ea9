#nullable disable
namespace Akka.Actor;

/// <summary>The default strategy, for configuration.</summary>
public class DefaultSupervisorStrategy : SupervisorStrategyConfigurator
{
    public DefaultSupervisorStrategy()
    {
    }

    public override SupervisorStrategy Create() => SupervisorStrategy.DefaultStrategy;
}
