#nullable disable
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor that declares a handler for each type of message, in its constructor and in Become.</summary>
public abstract class ReceiveActor : UntypedActor, IInitializableActor
{
    private MessageHandler _handlers;
    private Configuration _configuration;

    protected ReceiveActor() => _configuration = Configuration.Current;

    /// <summary>The handlers under construction: one level for each Become that is configuring.</summary>
    private MessageHandler Head
    {
        get => _configuration is { Outer: not null } ? _configuration.Handlers : _handlers;
        set
        {
            if (_configuration is { Outer: not null })
                _configuration.Handlers = value;
            else
                _handlers = value;
        }
    }

    void IInitializableActor.Init() => _configuration = null;

    protected sealed override void OnReceive(object message)
    {
        if (!Run(_handlers, message))
            Unhandled(message);
    }

    protected void Become(Action configure)
    {
        var handlers = Configure(configure);
        base.Become(message => Run(handlers, message));
    }

    protected void BecomeStacked(Action configure)
    {
        var handlers = Configure(configure);
        base.BecomeStacked(message => Run(handlers, message));
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
        var configuration = new Configuration { Outer = _configuration ?? Configuration.Current };
        var before = _configuration;
        _configuration = configuration;
        try
        {
            configure();
        }
        finally
        {
            _configuration = before;
        }

        return configuration.Handlers;
    }

    private void Add(MessageHandler handler)
    {
        if (_configuration is null)
            throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");
        var last = Head;
        if (last is null)
        {
            Head = handler;
            return;
        }

        while (last.Next is not null)
            last = last.Next;
        if (last.TakesAll)
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        last.Next = handler;
    }

    private sealed class Configuration
    {
        /// <summary>Stands for the constructor.</summary>
        public static readonly Configuration Current = new();

        public Configuration Outer;
        public MessageHandler Handlers;
    }
}
