#nullable disable
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>What stands between an actor's handle and its instance: it survives restarts, the instance does not.</summary>
public partial class ActorCell : IUntypedActorContext, ICell
{
    public const int UndefinedUid = 0;

    private readonly IInternalActorRef _self;
    private readonly MessageDispatcher _dispatcher;
    private Props _props;
    private Mailbox _mailbox;
    private ActorBase _actor;
    private CellExtras _extras;
    private int _envelopeId;

    /// <summary>Whether the actor's type sees messages in AroundReceive, or they go straight to Receive.</summary>
    private bool _aroundReceive;

    public ActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        _self = self;
        _props = props;
        _dispatcher = dispatcher;
        Parent = parent;
    }

    public object CurrentMessage { get; internal set; }

    /// <summary>Counts the messages processed, so that a stash can tell them apart.</summary>
    public int CurrentEnvelopeId => _envelopeId;

    public MessageDispatcher Dispatcher => _dispatcher;

    public bool HasMessages => Mailbox.HasMessages;

    public bool IsLocal => true;

    protected bool IsNormal => ChildrenContainer.IsNormal;

    public bool IsTerminated => Mailbox.IsClosed;

    protected bool IsTerminating => ChildrenContainer.IsTerminating;

    public Mailbox Mailbox => Volatile.Read(ref _mailbox);

    public int NumberOfMessages => Mailbox.MessageQueue.Count;

    public IInternalActorRef Parent { get; }

    IActorRef IActorContext.Parent => Parent;

    public Props Props => _props;

    public TimeSpan? ReceiveTimeout => _extras?.ReceiveTimeout;

    public IActorRef Self => _self;

    public IActorRef Sender { get; private set; }

    public ActorSystem System => _dispatcher.System;

    public ActorSystemImpl SystemImpl => _dispatcher.System;

    public virtual ActorTaskScheduler TaskScheduler => Extras.TaskScheduler ??= new ActorTaskScheduler(this);

    internal ActorBase Actor => _actor;

    internal long Uid => ((ActorRefBase)_self).Incarnation;

    /// <summary>A guardian's may be made by whoever asks it for a child.</summary>
    private CellExtras Extras => Volatile.Read(ref _extras) ?? Interlocked.CompareExchange(ref _extras, new CellExtras(), null) ?? _extras;

    private bool IsFailed => _extras?.Failed is not null;

    public static IActorRef GetCurrentSelfOrNoSender() => InternalCurrent.Cell?._self ?? ActorRefs.NoSender;

    public static IActorRef GetCurrentSenderOrNoSender() => InternalCurrent.Cell?.Sender ?? ActorRefs.NoSender;

    /// <summary>Makes the mailbox with the order to create the instance in it.</summary>
    public void Init(bool sendSupervise, MailboxType mailboxType)
    {
        var mailbox = new Mailbox(mailboxType.Create(_self, SystemImpl));
        mailbox.SetActor(this);
        mailbox.SystemEnqueue(_self, new Create());
        Volatile.Write(ref _mailbox, mailbox);

        // A local child is known to its parent already: the announcement only feeds the lifecycle log.
        if (sendSupervise && SystemImpl.Settings.DebugLifecycle)
            Parent.SendSystemMessage(new Supervise(_self, async: false));
    }

    public virtual void Start()
    {
        PreStart();
        _dispatcher.Attach(this);
    }

    protected virtual void PreStart()
    {
    }

    public virtual void SendMessage(Envelope message)
    {
        if (message.Message is null)
            throw new InvalidMessageException();
        _dispatcher.Dispatch(this, message);
    }

    public virtual void SendMessage(IActorRef sender, object message) => SendMessage(new Envelope(message, sender));

    public virtual void SendSystemMessage(ISystemMessage systemMessage) =>
        _dispatcher.SystemDispatch(this, (SystemMessage)systemMessage);

    public void Suspend() => SendSystemMessage(new Suspend());

    public void Resume(Exception causedByFailure) => SendSystemMessage(new Resume(causedByFailure));

    public void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    public void Stop() => SendSystemMessage(new Terminate());

    public ActorSelection ActorSelection(string path) => ActorRefFactoryShared.ActorSelection(path, SystemImpl, _self);

    public ActorSelection ActorSelection(ActorPath path) => ActorRefFactoryShared.ActorSelection(path, SystemImpl);

    public void UseThreadContext(Action action)
    {
        var outer = InternalCurrent.Cell;
        InternalCurrent.Cell = this;
        try
        {
            action();
        }
        finally
        {
            InternalCurrent.Cell = outer;
        }
    }

    public void Become(Receive receive)
    {
        var behaviours = Extras.Behaviours ??= new Stack<Receive>();
        behaviours.TryPop(out _);
        behaviours.Push(receive);
    }

    public void BecomeStacked(Receive receive)
    {
        var behaviours = Extras.Behaviours ??= new Stack<Receive>();
        if (behaviours.Count == 0)
            behaviours.Push(null);
        behaviours.Push(receive);
    }

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(Handling(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(Handling(receive));

    public void UnbecomeStacked()
    {
        if (_extras?.Behaviours is { Count: > 1 } behaviours)
            behaviours.Pop();
    }

    public void SetReceiveTimeout(TimeSpan? timeout = null)
    {
        if (timeout is not null || _extras is not null)
            Extras.ReceiveTimeout = timeout;
    }

    /// <summary>Starts or renews the wait for the receive timeout after a message.</summary>
    public void CheckReceiveTimeout(bool reschedule = true)
    {
        if (_extras is not { } extras)
            return;
        if (extras.ReceiveTimeout is not { } timeout)
        {
            CancelReceiveTimeout();
            return;
        }

        if (!reschedule && extras.PendingReceiveTimeout is not null)
            return;
        CancelReceiveTimeout();
        if (!Mailbox.IsClosed)
            extras.PendingReceiveTimeout = SystemImpl.Scheduler.ScheduleTellOnceCancelable(timeout, _self, Akka.Actor.ReceiveTimeout.Instance, _self);
    }

    internal static (string Name, int Uid) SplitNameAndUid(string name)
    {
        var hash = name.IndexOf('#');
        return hash < 0 ? (name, UndefinedUid) : (name[..hash], int.Parse(name.AsSpan(hash + 1)));
    }

    internal Mailbox SwapMailbox(Mailbox mailbox) => Interlocked.Exchange(ref _mailbox, mailbox);

    private static Receive Handling(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private void CancelReceiveTimeout()
    {
        if (_extras?.PendingReceiveTimeout is not { } pending)
            return;
        pending.Cancel();
        _extras.PendingReceiveTimeout = null;
    }

    private void Publish(LogEvent entry) => SystemImpl.EventStream.Publish(entry);

    private void LogLifecycle(string message)
    {
        if (SystemImpl.Settings.DebugLifecycle)
            LogDebug(message);
    }

    private void LogDebug(string message) =>
        Publish(new Debug(_self.Path.ToString(), _actor?.GetType() ?? typeof(ActorCell), message));

    private void LogError(Exception cause, string message) =>
        Publish(new Error(cause, _self.Path.ToString(), _actor?.GetType() ?? typeof(ActorCell), message));
}
