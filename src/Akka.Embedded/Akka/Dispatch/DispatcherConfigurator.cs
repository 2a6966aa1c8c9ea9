#nullable disable
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Makes <see cref="Dispatch.Dispatcher"/>: one for all actors of its section.</summary>
public sealed class DispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly Dispatcher _instance;

    public DispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _instance = new Dispatcher(this);

    public override MessageDispatcher Dispatcher() => _instance;
}
