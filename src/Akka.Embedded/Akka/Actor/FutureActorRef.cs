#nullable disable
using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The handle that an answer to an Ask is sent to: the first message completes the task.</summary>
public class FutureActorRef<T> : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result;
    private readonly IActorRefProvider _provider;
    private ActorPath _path;
    private HashSet<IActorRef> _watchers;
    private bool _registered;

    /// <param name="result">The task to complete.</param>
    /// <param name="path">Its path, or null for one that is made, and registered, when someone asks for it.</param>
    /// <param name="provider">The provider of the system.</param>
    public FutureActorRef(TaskCompletionSource<T> result, ActorPath path, IActorRefProvider provider)
    {
        _result = result;
        _path = path;
        _provider = provider;
    }

    public override IActorRefProvider Provider => _provider;

    public override ActorPath Path
    {
        get
        {
            lock (_result)
            {
                if (_path is not null)
                    return _path;
                _path = _provider.TempPath();
                if (!_result.Task.IsCompleted)
                {
                    _provider.RegisterTempActor(this, _path);
                    _registered = true;
                }

                return _path;
            }
        }
    }

    internal ICancelable Timeout { get; set; }

    public virtual void DeliverAsk(object message, ICanTell destination) => destination.Tell(message, this);

    internal override void OnSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Terminate:
                Stop();
                break;
            case Watch watch when watch.Watchee.Equals(this) && !watch.Watcher.Equals(this):
                lock (_result)
                {
                    if (!_result.Task.IsCompleted)
                    {
                        (_watchers ??= []).Add(watch.Watcher);
                        return;
                    }
                }

                watch.Watcher.SendSystemMessage(new DeathWatchNotification(this, true, false));
                break;
            case Unwatch unwatch:
                lock (_result)
                    _watchers?.Remove(unwatch.Watcher);
                break;
        }
    }

    internal override void OnStop()
    {
        _result.TrySetCanceled();
        Finish();
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        bool accepted;
        var matches = true;
        switch (message)
        {
            case ISystemMessage system:
                SendSystemMessage(system);
                return;
            case T typed:
                // Who asks for any object, or for a Status, gets a failure as it is.
                accepted = _result.TrySetResult(typed);
                break;
            case null:
                accepted = _result.TrySetResult(default);
                break;
            case Status.Failure failure:
                accepted = _result.TrySetException(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message."));
                break;
            default:
                matches = false;
                accepted = _result.TrySetException(new ArgumentException(
                    $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"));
                break;
        }

        if (accepted)
            Finish();

        // A late answer, and one of the wrong type, reached nobody.
        if (!(accepted && matches) && message is not null && !_result.Task.IsCanceled)
            _provider.DeadLetters.Tell(message, this);
    }

    /// <summary>The task is done: no timer, no name, no one waiting.</summary>
    internal void Finish()
    {
        Timeout?.Cancel();
        HashSet<IActorRef> watchers = null;
        if (_registered || _watchers is not null)
        {
            lock (_result)
            {
                if (_registered)
                    _provider.UnregisterTempActor(_path);
                _registered = false;
                watchers = _watchers;
                _watchers = null;
            }
        }

        if (watchers is null)
            return;
        foreach (var watcher in watchers)
            ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(this, true, false));
    }
}
