#nullable disable
using Akka.Event;

namespace Akka.Actor;

/// <summary>The plug-ins of a system that see the instances of actors come and go, in order.</summary>
public class ActorProducerPipelineResolver
{
    private readonly Func<ILoggingAdapter> _logBuilder;
    private readonly Lock _lock = new();
    private IActorProducerPlugin[] _plugins = [];

    public ActorProducerPipelineResolver(Func<ILoggingAdapter> logBuilder) => _logBuilder = logBuilder;

    public int TotalPluginCount => _plugins.Length;

    public bool IsRegistered(IActorProducerPlugin plugin) => _plugins.Any(p => p.GetType() == plugin.GetType());

    /// <summary>False when a plug-in of that type is there already.</summary>
    public bool Register(IActorProducerPlugin plugin) => Insert(int.MaxValue, plugin);

    /// <summary>False when a plug-in of that type is there already.</summary>
    public bool Insert(int index, IActorProducerPlugin plugin)
    {
        lock (_lock)
        {
            if (IsRegistered(plugin))
                return false;
            var plugins = _plugins.ToList();
            plugins.Insert(Math.Min(index, plugins.Count), plugin);
            _plugins = [.. plugins];
            return true;
        }
    }

    public bool Unregister(IActorProducerPlugin plugin)
    {
        lock (_lock)
        {
            if (!IsRegistered(plugin))
                return false;
            _plugins = _plugins.Where(p => p.GetType() != plugin.GetType()).ToArray();
            return true;
        }
    }

    internal void AfterIncarnated(ActorBase actor, IActorContext context)
    {
        foreach (var plugin in _plugins)
            Run(plugin, actor, context, after: true);
    }

    internal void BeforeIncarnated(ActorBase actor, IActorContext context)
    {
        foreach (var plugin in _plugins)
            Run(plugin, actor, context, after: false);
    }

    private void Run(IActorProducerPlugin plugin, ActorBase actor, IActorContext context, bool after)
    {
        if (!plugin.CanBeAppliedTo(actor.GetType()))
            return;
        try
        {
            if (after)
                plugin.AfterIncarnated(actor, context);
            else
                plugin.BeforeIncarnated(actor, context);
        }
        catch (Exception e)
        {
            _logBuilder().Error(e, "An exception occurred while trying to apply plugin of type {0} to the newly created actor (Type = {1}, Path = {2})", plugin.GetType(), actor.GetType(), context.Self.Path);
        }
    }
}
