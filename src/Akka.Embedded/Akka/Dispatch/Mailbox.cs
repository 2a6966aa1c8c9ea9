#nullable disable
using Akka.Actor;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// An actor's two queues and the state that decides when it runs: scheduled, suspended (counted), closed.
/// System messages go first, always. The mailbox is the work item that dispatchers run.
/// </summary>
public class Mailbox : IRunnable
{
    private const int Closed = 1;
    private const int Scheduled = 2;
    private const int SuspendUnit = 4;

    private ActorCell _actor;
    private SystemMessage _systemQueue;
    private IMessageQueue _queue;
    private MessageStack _messages;
    private int _status;

    /// <summary>The plain unbounded queue is part of the mailbox itself, which saves an object for each actor.</summary>
    public Mailbox(IMessageQueue messageQueue) =>
        _queue = messageQueue?.GetType() == typeof(UnboundedMessageQueue) && !messageQueue.HasMessages ? null : messageQueue;

    public IMessageQueue MessageQueue =>
        _queue ?? Interlocked.CompareExchange(ref _queue, new UnboundedMessageQueue(this), null) ?? _queue;

    internal ref MessageStack Messages => ref _messages;

    internal bool HasMessages => _queue is { } queue ? queue.HasMessages : _messages.HasMessages;

    public MessageDispatcher Dispatcher => _actor.Dispatcher;

    internal ActorCell Actor => _actor;

    internal bool HasSystemMessages
    {
        get
        {
            var head = Volatile.Read(ref _systemQueue);
            return head is not null && !ReferenceEquals(head, NoMessage.Closed);
        }
    }

    internal bool IsClosed => Volatile.Read(ref _status) == Closed;

    internal bool IsScheduled => (Volatile.Read(ref _status) & Scheduled) != 0;

    internal bool IsSuspended => Volatile.Read(ref _status) >= SuspendUnit;

    internal int SuspendCount => Volatile.Read(ref _status) / SuspendUnit;

    public virtual void SetActor(ActorCell actorCell) => _actor = actorCell;

    public void Execute() => Run();

    public void Run()
    {
        try
        {
            if (!IsClosed)
            {
                var outer = InternalCurrent.Cell;
                InternalCurrent.Cell = _actor;
                try
                {
                    ProcessAllSystemMessages();
                    ProcessMailbox();
                }
                finally
                {
                    InternalCurrent.Cell = outer;
                }
            }
        }
        finally
        {
            SetAsIdle();
            _actor.Dispatcher.RegisterForExecution(this, false, false);
        }
    }

    /// <summary>Hands everything that is left to dead letters; the mailbox is closed.</summary>
    public virtual void CleanUp()
    {
        if (_actor is null)
            return;
        var deadLetters = _actor.Dispatcher.Mailboxes.DeadLetterMailbox;
        DumpSystemMessages(Drain(NoMessage.Closed), deadLetters);
        if (HasMessages)
            MessageQueue.CleanUp(_actor.Self, deadLetters.MessageQueue);
    }

    internal void Enqueue(IActorRef receiver, Envelope envelope)
    {
        if (_queue is { } queue)
            queue.Enqueue(receiver, envelope);
        else
            _messages.Push(envelope);
    }

    private bool TryDequeue(out Envelope envelope) =>
        _queue is { } queue ? queue.TryDequeue(out envelope) : _messages.TryTake(out envelope);

    internal virtual void SystemEnqueue(IActorRef receiver, SystemMessage message)
    {
        while (true)
        {
            var head = Volatile.Read(ref _systemQueue);
            if (ReferenceEquals(head, NoMessage.Closed))
            {
                _actor?.Dispatcher.Mailboxes.DeadLetterMailbox.SystemEnqueue(receiver, message);
                return;
            }

            message.Next = head;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _systemQueue, message, head), head))
                return;
            message.Next = null;
        }
    }

    internal bool CanBeScheduled(bool hasMessageHint, bool hasSystemMessageHint)
    {
        var status = Volatile.Read(ref _status);
        if (status is 0 or Scheduled)
            return hasMessageHint || hasSystemMessageHint || HasSystemMessages || HasMessages;
        return status != Closed && (hasSystemMessageHint || HasSystemMessages);
    }

    internal bool SetAsScheduled()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if ((status & (Closed | Scheduled)) != 0)
                return false;
            if (Interlocked.CompareExchange(ref _status, status | Scheduled, status) == status)
                return true;
        }
    }

    /// <summary>Counts; true when this was the first.</summary>
    internal bool Suspend()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if (status == Closed)
                return false;
            if (Interlocked.CompareExchange(ref _status, status + SuspendUnit, status) == status)
                return status < SuspendUnit;
        }
    }

    /// <summary>Counts down; true when user messages may be processed again.</summary>
    internal bool Resume()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if (status == Closed)
                return false;
            var next = status < SuspendUnit ? status : status - SuspendUnit;
            if (Interlocked.CompareExchange(ref _status, next, status) == status)
                return next < SuspendUnit;
        }
    }

    internal bool BecomeClosed() => Interlocked.Exchange(ref _status, Closed) != Closed;

    private void SetAsIdle()
    {
        while (true)
        {
            var status = Volatile.Read(ref _status);
            if (Interlocked.CompareExchange(ref _status, status & ~Scheduled, status) == status)
                return;
        }
    }

    private void ProcessMailbox()
    {
        var actor = _actor;
        var dispatcher = actor.Dispatcher;
        var left = Math.Max(dispatcher.Throughput, 1);
        var deadline = dispatcher.DeadlineTicks is var budget and > 0 ? actor.System.Scheduler.MonotonicClock.Ticks + budget : 0;
        while ((Volatile.Read(ref _status) & ~Scheduled) == 0 && TryDequeue(out var next))
        {
            actor.Invoke(next);
            if (Volatile.Read(ref _systemQueue) is not null)
                ProcessAllSystemMessages();
            if (--left == 0 || (deadline > 0 && actor.System.Scheduler.MonotonicClock.Ticks >= deadline))
                return;
        }
    }

    private void ProcessAllSystemMessages()
    {
        if (!HasSystemMessages)
            return;
        var messages = Drain(null);
        while (messages is not null && !IsClosed)
        {
            var message = messages;
            messages = messages.Next;
            message.Unlink();
            _actor.SystemInvoke(message);

            // No user message runs while a system message waits.
            if (messages is null && !IsClosed)
                messages = Drain(null);
        }

        // Death watch depends on it: whoever wrote to a closed mailbox gets an answer from dead letters.
        if (messages is not null)
            DumpSystemMessages(messages, _actor.Dispatcher.Mailboxes.DeadLetterMailbox);
    }

    private void DumpSystemMessages(SystemMessage messages, DeadLetterMailbox deadLetters)
    {
        while (messages is not null)
        {
            var message = messages;
            messages = messages.Next;
            message.Unlink();
            deadLetters.SystemEnqueue(_actor.Self, message);
        }
    }

    /// <summary>Takes all system messages, oldest first, and leaves <paramref name="replacement"/>.</summary>
    private SystemMessage Drain(SystemMessage replacement)
    {
        SystemMessage head;
        do
        {
            head = Volatile.Read(ref _systemQueue);
            if (ReferenceEquals(head, NoMessage.Closed) || (head is null && replacement is null))
                return null;
        }
        while (!ReferenceEquals(Interlocked.CompareExchange(ref _systemQueue, replacement, head), head));

        SystemMessage oldestFirst = null;
        while (head is not null)
        {
            var next = head.Next;
            head.Next = oldestFirst;
            oldestFirst = head;
            head = next;
        }

        return oldestFirst;
    }
}
