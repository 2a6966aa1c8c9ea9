using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Persistence;

/// <summary>A persistent actor with typed handlers, declared in its constructor and in the actions given to <c>Become</c>.</summary>
public abstract class ReceivePersistentActor : UntypedPersistentActor, IInitializableActor
{
    private readonly HandlerTable _recover = new();
    private readonly HandlerTable _commands = new();
    private HandlerTable? _open;
    private bool _isConstructed;

    protected ReceivePersistentActor() => _open = _commands;

    void IInitializableActor.Init()
    {
        if (!_isConstructed)
        {
            _isConstructed = true;
            _open = null;
        }
    }

    protected sealed override void OnCommand(object message) => Handle(_commands, message);

    protected sealed override void OnRecover(object message) => Handle(_recover, message);

    protected void Become(Action configure)
    {
        var table = Configure(configure);
        Context.Become(message => Handle(table, message));
    }

    protected void BecomeStacked(Action configure)
    {
        var table = Configure(configure);
        Context.BecomeStacked(message => Handle(table, message));
    }

    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => OpenRecover().Add(handler, shouldHandle);

    protected void Recover<T>(Predicate<T> shouldHandle, Action<T> handler) => Recover(handler, shouldHandle);

    protected void Recover<T>(Func<T, bool> handler) => OpenRecover().Add(handler);

    protected void Recover(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) => OpenRecover().Add(messageType, handler, shouldHandle);

    protected void Recover(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Recover(messageType, handler, shouldHandle);

    protected void Recover(Type messageType, Func<object, bool> handler) => OpenRecover().Add(messageType, handler);

    protected void RecoverAny(Action<object> handler) => OpenRecover().Add(handler, null);

    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => OpenCommands().Add(handler, shouldHandle);

    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => Command(handler, shouldHandle);

    protected void Command<T>(Func<T, bool> handler) => OpenCommands().Add(handler);

    protected void Command(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) => OpenCommands().Add(messageType, handler, shouldHandle);

    protected void Command(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Command(messageType, handler, shouldHandle);

    protected void Command(Type messageType, Func<object, bool> handler) => OpenCommands().Add(messageType, handler);

    protected void Command(Action<object> handler) => OpenCommands().Add(handler, null);

    protected void CommandAny(Action<object> handler) => OpenCommands().Add(handler, null);

    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) => OpenCommands().Add(m => RunTask(() => handler(m)), shouldHandle);

    protected void CommandAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => CommandAsync(handler, shouldHandle);

    protected void CommandAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        OpenCommands().Add(messageType, m => RunTask(() => handler(m)), shouldHandle);

    protected void CommandAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) => CommandAsync(messageType, handler, shouldHandle);

    protected void CommandAnyAsync(Func<object, Task> handler) => OpenCommands().Add<object>(m => RunTask(() => handler(m)), null);

    private void Handle(HandlerTable table, object message)
    {
        if (!table.TryHandle(message))
        {
            Unhandled(message);
        }
    }

    private HandlerTable Configure(Action configure)
    {
        var outer = _open;
        var table = _open = new HandlerTable();
        try
        {
            configure();
        }
        finally
        {
            _open = outer;
        }

        return table;
    }

    private HandlerTable OpenCommands() =>
        _open ?? throw new InvalidOperationException("Command handlers can be added only in the constructor and inside Become().");

    private HandlerTable OpenRecover() =>
        _open is null
            ? throw new InvalidOperationException("Recover handlers can be added only in the constructor and inside Become().")
            : _recover;
}
