#nullable disable
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>Decides where and when mailboxes run.</summary>
public abstract class MessageDispatcher
{
    public const int DefaultThroughput = 100;

    private DispatcherTaskScheduler _taskScheduler;
    private long _inhabitants;
    private int _shutdownScheduled;

    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        System = configurator.Prerequisites.Settings.System as ActorSystemImpl;
        Mailboxes = configurator.Prerequisites.Mailboxes;
        EventStream = configurator.Prerequisites.EventStream;
        var config = configurator.Config;
        Id = config?.GetString("id", null);
        Throughput = config?.GetInt("throughput", DefaultThroughput) ?? DefaultThroughput;
        var deadline = config?.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero) ?? TimeSpan.Zero;
        ThroughputDeadlineTime = deadline > TimeSpan.Zero ? deadline.Ticks : null;
        ShutdownTimeout = config?.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1)) ?? TimeSpan.FromSeconds(1);
    }

    public MessageDispatcherConfigurator Configurator { get; }

    public EventStream EventStream { get; }

    public string Id { get; protected set; }

    /// <summary>The actors that run here, plus work that is queued by <see cref="Schedule(Action)"/>.</summary>
    protected long Inhabitants => Interlocked.Read(ref _inhabitants);

    public Mailboxes Mailboxes { get; }

    public TimeSpan ShutdownTimeout { get; protected set; }

    /// <summary>How many messages a mailbox processes before it goes to the end of the line.</summary>
    public int Throughput { get; set; }

    /// <summary>How long, in ticks of 100 ns, a mailbox may run before it goes to the end of the line; null: no limit.</summary>
    public long? ThroughputDeadlineTime { get; protected set; }

    internal ActorSystemImpl System { get; }

    internal long DeadlineTicks => ThroughputDeadlineTime.GetValueOrDefault();

    /// <summary>Runs tasks here, so that continuations stay with the dispatcher of whoever started them.</summary>
    internal DispatcherTaskScheduler TaskScheduler =>
        _taskScheduler ?? Interlocked.CompareExchange(ref _taskScheduler, new DispatcherTaskScheduler(this), null) ?? _taskScheduler;

    public void Schedule(Action run) => Schedule(new ActionRunnable(run));

    public void Schedule(IRunnable run) => ExecuteTask(run);

    public virtual void Attach(ActorCell cell)
    {
        Interlocked.Increment(ref _inhabitants);
        RegisterForExecution(cell.Mailbox, false, true);
    }

    public virtual void Detach(ActorCell cell)
    {
        try
        {
            var mailbox = cell.SwapMailbox(Mailboxes.DeadLetterMailbox);
            mailbox.BecomeClosed();
            mailbox.CleanUp();
        }
        finally
        {
            if (Interlocked.Decrement(ref _inhabitants) == 0)
                ScheduleShutdown();
        }
    }

    public virtual void Dispatch(ActorCell cell, Envelope envelope)
    {
        var mailbox = cell.Mailbox;
        mailbox.Enqueue(cell.Self, envelope);
        RegisterForExecution(mailbox, true, false);
    }

    public virtual void SystemDispatch(ActorCell cell, SystemMessage message)
    {
        var mailbox = cell.Mailbox;
        mailbox.SystemEnqueue(cell.Self, message);
        RegisterForExecution(mailbox, false, true);
    }

    protected abstract void ExecuteTask(IRunnable run);

    /// <summary>Frees what the dispatcher holds; nothing has run here for <see cref="ShutdownTimeout"/>.</summary>
    protected abstract void Shutdown();

    protected void ReportFailure(Exception ex) =>
        EventStream.Publish(new Error(ex, GetType().FullName, GetType(), ex.Message));

    internal bool RegisterForExecution(Mailbox mailbox, bool hasMessageHint, bool hasSystemMessageHint)
    {
        if (!mailbox.CanBeScheduled(hasMessageHint, hasSystemMessageHint) || !mailbox.SetAsScheduled())
            return false;
        ExecuteTask(mailbox);
        return true;
    }

    internal void SuspendMailbox(ActorCell cell) => cell.Mailbox.Suspend();

    internal void ResumeMailbox(ActorCell cell)
    {
        var mailbox = cell.Mailbox;
        if (mailbox.Resume())
            RegisterForExecution(mailbox, false, false);
    }

    private void ScheduleShutdown()
    {
        // The pool dispatcher holds nothing, so it needs no timer.
        if (this is Dispatcher || Interlocked.Exchange(ref _shutdownScheduled, 1) != 0)
            return;
        try
        {
            Configurator.Prerequisites.Scheduler.Advanced.ScheduleOnce(ShutdownTimeout, ShutdownIfEmpty);
        }
        catch (SchedulerException)
        {
            // The system is gone, and its scheduler with it.
            Shutdown();
        }
    }

    private void ShutdownIfEmpty()
    {
        Interlocked.Exchange(ref _shutdownScheduled, 0);
        if (Inhabitants == 0)
            Shutdown();
    }
}
