#nullable disable
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>One Receive of a <see cref="ReceiveActor"/>; handlers form a list in the order of their declaration.</summary>
internal abstract class MessageHandler
{
    public MessageHandler Next;

    /// <summary>True for a handler that takes every message, so that none can follow.</summary>
    public virtual bool TakesAll => false;

    public abstract bool TryHandle(object message);
}

internal sealed class TypedHandler<T>(Action<T> handler) : MessageHandler
{
    public override bool TakesAll => typeof(T) == typeof(object);

    public override bool TryHandle(object message)
    {
        if (message is not T typed)
            return false;
        handler(typed);
        return true;
    }
}

internal sealed class ConditionalHandler<T>(Action<T> handler, Predicate<T> condition) : MessageHandler
{
    public override bool TryHandle(object message)
    {
        if (message is not T typed || !condition(typed))
            return false;
        handler(typed);
        return true;
    }
}

internal sealed class DecidingHandler<T>(Func<T, bool> handler) : MessageHandler
{
    public override bool TryHandle(object message) => message is T typed && handler(typed);
}

internal sealed class AsyncHandler<T>(Func<T, Task> handler, Predicate<T> condition) : MessageHandler
{
    public override bool TakesAll => typeof(T) == typeof(object) && condition is null;

    public override bool TryHandle(object message)
    {
        if (message is not T typed || (condition is not null && !condition(typed)))
            return false;
        ActorTaskScheduler.RunTask(() => handler(typed));
        return true;
    }
}

internal sealed class RuntimeTypeHandler(Type type, Func<object, bool> handler) : MessageHandler
{
    public override bool TryHandle(object message) => type.IsInstanceOfType(message) && handler(message);
}
