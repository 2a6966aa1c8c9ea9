#nullable disable
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor that declares a handler for each type of message, in its constructor and in Become.</summary>
public abstract class ReceiveActor : UntypedActor, IInitializableActor
{
    /// <summary>What this thread configures: a constructor, or a Become inside of it or later.</summary>
    [ThreadStatic]
    private static Configuration _configuration;

    private MessageHandler _handlers;

    protected ReceiveActor() => _configuration = new Configuration(this);

    void IInitializableActor.Init()
    {
        if (_configuration is not { } configuration || configuration.Owner != this)
            return;
        _handlers = configuration.Handlers;
        _configuration = null;
    }

    /// <summary>One constructor may run inside of another, on the same thread: each gets its own configuration, and leaves none behind.</summary>
    internal static object BeginConstruction()
    {
        var outer = _configuration;
        _configuration = null;
        return outer;
    }

    internal static void EndConstruction(object outer) => _configuration = (Configuration)outer;

    protected sealed override void OnReceive(object message)
    {
        if (!Run(_handlers, message))
            Unhandled(message);
    }

    private bool Handle(MessageHandler handlers, object message)
    {
        if (!Run(handlers, message))
            Unhandled(message);
        return true;
    }

    protected void Become(Action configure)
    {
        var handlers = Configure(configure);
        base.Become((object message) => Handle(handlers, message));
    }

    protected void BecomeStacked(Action configure)
    {
        var handlers = Configure(configure);
        base.BecomeStacked((object message) => Handle(handlers, message));
    }

    /// <summary>Declares a handler; with a condition, a message that fails it goes on to later handlers.</summary>
    protected void Receive<T>(Action<T> handler, Predicate<T> shouldHandle = null) =>
        Add(shouldHandle is null ? new TypedHandler<T>(handler) : new ConditionalHandler<T>(handler, shouldHandle));

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object> shouldHandle = null)
    {
        if (messageType == typeof(object))
        {
            Receive(handler, shouldHandle);
            return;
        }

        Add(new RuntimeTypeHandler(messageType, message =>
        {
            if (shouldHandle is not null && !shouldHandle(message))
                return false;
            handler(message);
            return true;
        }));
    }

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    /// <summary>Declares a handler that says itself whether it handled the message.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add(new DecidingHandler<T>(handler));

    protected void Receive(Type messageType, Func<object, bool> handler) => Add(new RuntimeTypeHandler(messageType, handler));

    /// <summary>Declares the handler of everything else; none can follow it.</summary>
    protected void ReceiveAny(Action<object> handler) => Add(new TypedHandler<object>(handler));

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T> shouldHandle = null) =>
        Add(new AsyncHandler<T>(handler, shouldHandle));

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        Add(new AsyncHandler<T>(handler, shouldHandle));

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object> shouldHandle = null) =>
        Receive(messageType, message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => Add(new AsyncHandler<object>(handler, null));

    private static bool Run(MessageHandler handlers, object message)
    {
        for (var handler = handlers; handler is not null; handler = handler.Next)
        {
            if (handler.TryHandle(message))
                return true;
        }

        return false;
    }

    private MessageHandler Configure(Action configure)
    {
        var outer = _configuration;
        var configuration = new Configuration(this);
        _configuration = configuration;
        try
        {
            configure();
        }
        finally
        {
            _configuration = outer;
        }

        return configuration.Handlers;
    }

    private void Add(MessageHandler handler)
    {
        if (_configuration is not { } configuration || configuration.Owner != this)
            throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");
        if (configuration.Last is null)
            configuration.Handlers = handler;
        else if (configuration.Last.TakesAll)
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        else
            configuration.Last.Next = handler;
        configuration.Last = handler;
    }

    private sealed class Configuration(ReceiveActor owner)
    {
        public MessageHandler Handlers;
        public MessageHandler Last;

        public ReceiveActor Owner => owner;
    }
}
