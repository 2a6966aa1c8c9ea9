#nullable disable
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Makes the dispatcher of one configuration section, named there as <c>type</c>.</summary>
public abstract class MessageDispatcherConfigurator
{
    protected MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    public Config Config { get; }

    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The dispatcher; asked for at every lookup, so that it decides about sharing.</summary>
    public abstract MessageDispatcher Dispatcher();
}
