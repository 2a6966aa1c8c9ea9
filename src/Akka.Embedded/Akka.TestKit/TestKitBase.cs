using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Configs;
using Akka.TestKit.Internal;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>
/// The base of tests: an actor system, and a test actor that receives what the system under test sends, so that the test can expect it.
/// The thread that makes it tells as the test actor, unless the test is marked with <see cref="INoImplicitSender" />.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static int _testActorCount;

    private readonly ITestKitAssertions _assertions;
    private TestActorQueue _queue;
    private TimeSpan? _end;
    private bool _lastWasNoMessage;
    private MessageEnvelope _lastMessage = NullMessageEnvelope.Instance;
    private ActorCell _testActorCell;
    private SynchronizationContext _contextBefore;
    private SynchronizationContext _context;

    /// <param name="assertions">The test framework.</param>
    /// <param name="system">An actor system to use; one is made if there is none.</param>
    /// <param name="testActorName">The name of the test actor, if it shall have a certain one.</param>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem system = null, string testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    /// <param name="assertions">The test framework.</param>
    /// <param name="setup">The setup of the actor system that is made.</param>
    /// <param name="actorSystemName">Its name, <c>test</c> if not given.</param>
    /// <param name="testActorName">The name of the test actor, if it shall have a certain one.</param>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string actorSystemName = null, string testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    /// <param name="assertions">The test framework.</param>
    /// <param name="config">The configuration of the actor system that is made.</param>
    /// <param name="actorSystemName">Its name, <c>test</c> if not given.</param>
    /// <param name="testActorName">The name of the test actor, if it shall have a certain one.</param>
    protected TestKitBase(ITestKitAssertions assertions, Config config, string actorSystemName = null, string testActorName = null)
        : this(assertions, null, ActorSystemSetup.Empty.WithSetup(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName)
    {
    }

    /// <param name="assertions">The test framework.</param>
    /// <param name="system">An actor system to use; one is made if there is none.</param>
    /// <param name="config">The setup of the actor system that is made.</param>
    /// <param name="actorSystemName">Its name, <c>test</c> if not given.</param>
    /// <param name="testActorName">The name of the test actor, if it shall have a certain one.</param>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem system, ActorSystemSetup config, string actorSystemName, string testActorName)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        InitializeTest(system, config, actorSystemName, testActorName);
    }

    /// <summary>What every test kit falls back to.</summary>
    public static Config DefaultConfig => TestConfigs.DefaultConfig;

    /// <summary>A configuration that logs as much as there is.</summary>
    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = DEBUG
          stdout-loglevel = DEBUG
          log-dead-letters = on
          log-dead-letters-during-shutdown = on
          actor.debug {
            receive = on
            autoreceive = on
            lifecycle = on
            event-stream = on
            unhandled = on
          }
        }
        """);

    /// <summary>The time that the limits of tests are measured by.</summary>
    public static TimeSpan Now => TimeSpan.FromTicks(DateTime.UtcNow.Ticks);

    /// <summary>The actor system.</summary>
    public ActorSystem Sys { get; private set; }

    /// <summary>The settings of the test kit.</summary>
    public TestKitSettings TestKitSettings { get; private set; }

    /// <summary>The actor whose messages the test expects.</summary>
    public IActorRef TestActor { get; private set; }

    /// <summary>Filters of log events.</summary>
    public EventFilterFactory EventFilter { get; private set; }

    /// <summary>Logs for the test.</summary>
    public ILoggingAdapter Log { get; private set; }

    /// <summary>Who sent the last message that the test received.</summary>
    public IActorRef LastSender => _lastMessage.Sender;

    /// <summary>The last message that the test received.</summary>
    public object LastMessage => _lastMessage.Message;

    /// <summary>Whether there are messages that the test has not received yet.</summary>
    public bool HasMessages => _queue.HasMessages;

    internal ITestKitAssertions Assertions => _assertions;

    /// <summary>Makes the actor system, if there is none, and the test actor.</summary>
    protected void InitializeTest(ActorSystem system, Config config, string actorSystemName, string testActorName) =>
        InitializeTest(system, ActorSystemSetup.Empty.WithSetup(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName);

    /// <summary>Makes the actor system, if there is none, and the test actor.</summary>
    protected virtual void InitializeTest(ActorSystem system, ActorSystemSetup config, string actorSystemName, string testActorName)
    {
        // A test before this one may have left its actor on this thread. A probe is made within a test.
        if (this is not TestProbe)
            InternalCurrent.Cell = null;
        Sys = system ?? ActorSystem.Create(actorSystemName ?? "test", WithDefaults(config));
        Sys.RegisterExtension(new TestKitExtension());
        Sys.RegisterExtension(new TestKitAssertionsExtension(_assertions));
        TestKitSettings = TestKitExtension.For(Sys);
        Log = Logging.GetLogger(Sys, GetType());
        EventFilter = new EventFilterFactory(this);
        var dispatchers = Sys.Dispatchers;
        dispatchers.RegisterConfigurator(CallingThreadDispatcher.Id, new CallingThreadDispatcherConfigurator(Sys.Settings.Config, dispatchers.Prerequisites));
        _queue = new TestActorQueue();
        TestActor = MakeTestActor(string.IsNullOrEmpty(testActorName) ? "testActor" + Interlocked.Increment(ref _testActorCount) : testActorName, _queue);
        if (this is INoImplicitSender)
            return;
        _testActorCell = (ActorCell)((ActorRefWithCell)TestActor).Underlying;
        InternalCurrent.Cell = _testActorCell;
        _contextBefore = SynchronizationContext.Current;
        _context = new ActorCellKeepingSynchronizationContext(_testActorCell);
        SynchronizationContext.SetSynchronizationContext(_context);
    }

    /// <summary>Multiplies a time by the factor of the settings.</summary>
    public TimeSpan Dilated(TimeSpan duration)
    {
        if (duration.IsInfinite())
            return duration;
        var ticks = duration.Ticks * TestKitSettings.TestTimeFactor;
        return ticks >= TimeSpan.MaxValue.Ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)Math.Round(ticks));
    }

    /// <summary>The time that is left of the innermost <c>Within</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no <c>Within</c> around.</exception>
    public TimeSpan Remaining =>
        _end is { } end ? end - Now : throw new InvalidOperationException(@"Remaining may not be called outside of ""within""");

    /// <summary>The time that is left of the innermost <c>Within</c>, or the default to expect a message.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <summary>The time that is left of the innermost <c>Within</c>, or the given one.</summary>
    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? end - Now : duration;

    /// <summary>The given time, dilated, or <see cref="RemainingOrDefault" />.</summary>
    /// <exception cref="ArgumentException">The time is infinite.</exception>
    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } given)
            return RemainingOrDefault;
        if (given.IsInfinite())
            throw new ArgumentException("max duration cannot be infinite", nameof(duration));
        return Dilated(given);
    }

    /// <summary>The given time as it is, or <see cref="RemainingOrDefault" />.</summary>
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? RemainingOrDefault;

    /// <summary>Filters of log events of another actor system.</summary>
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>Keeps messages from the test.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        TellTestActor(new TestKit.TestActor.SetIgnore(message => shouldIgnoreMessage(message)));

    /// <summary>Keeps messages of a type from the test.</summary>
    public void IgnoreMessages<TMsg>() => IgnoreMessages(message => message is TMsg);

    /// <summary>Keeps messages of a type from the test.</summary>
    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) => IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    /// <summary>Lets all messages through to the test.</summary>
    public void IgnoreNoMessages() => TellTestActor(new TestKit.TestActor.SetIgnore(null));

    /// <summary>Sets what handles messages before the test sees them.</summary>
    public void SetAutoPilot(AutoPilot pilot) => TellTestActor(new TestKit.TestActor.SetAutoPilot(pilot));

    /// <summary>Lets the test actor watch an actor: the test will receive its <see cref="Terminated" />.</summary>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        TellTestActor(new TestKit.TestActor.Watch(actorToWatch));
        return actorToWatch;
    }

    /// <summary>Lets the test actor watch an actor: the test will receive its <see cref="Terminated" />.</summary>
    public Task<IActorRef> WatchAsync(IActorRef actorToWatch) => Task.FromResult(Watch(actorToWatch));

    /// <summary>Ends to watch an actor.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TellTestActor(new TestKit.TestActor.Unwatch(actorToUnwatch));
        return actorToUnwatch;
    }

    /// <summary>Ends to watch an actor.</summary>
    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) => Task.FromResult(Unwatch(actorToUnwatch));

    /// <summary>Makes another test actor: what it gets, the test receives among its own messages.</summary>
    public IActorRef CreateTestActor(string name) => MakeTestActor(name, _queue);

    /// <summary>Makes a probe: a test actor of its own.</summary>
    public virtual TestProbe CreateTestProbe(string name = null) => CreateTestProbe(Sys, name);

    /// <summary>Makes a probe in another actor system.</summary>
    public virtual TestProbe CreateTestProbe(ActorSystem system, string name = null) => new(system, _assertions, name);

    /// <summary>Makes a latch.</summary>
    public virtual TestLatch CreateTestLatch(int count = 1) => TestLatch.For(this, count);

    /// <summary>Makes a barrier.</summary>
    public TestBarrier CreateTestBarrier(int count) => new(this, count);

    /// <summary>Ends the actor system.</summary>
    /// <param name="duration">How long that may take; 5 s, dilated, if not given.</param>
    /// <param name="verifySystemShutdown">Whether the test fails if it takes longer.</param>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(Sys, duration, verifySystemShutdown);

    /// <summary>Ends an actor system.</summary>
    /// <exception cref="TimeoutException">It takes longer than it may, and that shall fail the test.</exception>
    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        system ??= Sys;
        var limit = duration ?? Dilated(TimeSpan.FromSeconds(5)).Min(TimeSpan.FromSeconds(10));
        var ended = system.Terminate().Wait(limit);
        if (ReferenceEquals(system, Sys))
            LeaveThread();
        if (ended)
            return;
        var message = $"Failed to stop [{system.Name}] within [{limit}]";
        if (verifySystemShutdown)
            throw new TimeoutException(message);
        system.Log.Warning("{0}", message);
    }

    /// <summary>What runs on this thread next has nothing to do with the test.</summary>
    private void LeaveThread()
    {
        if (_testActorCell == null)
            return;
        if (ReferenceEquals(InternalCurrent.Cell, _testActorCell))
            InternalCurrent.Cell = null;
        if (ReferenceEquals(SynchronizationContext.Current, _context))
            SynchronizationContext.SetSynchronizationContext(_contextBefore);
    }

    private static ActorSystemSetup WithDefaults(ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>() is { HasValue: true } given ? given.Value : BootstrapSetup.Create();
        return setup.WithSetup(bootstrap.Config.HasValue ? bootstrap.WithConfigFallback(DefaultConfig) : bootstrap.WithConfig(DefaultConfig));
    }

    private IActorRef MakeTestActor(string name, TestActorQueue queue) =>
        ((ExtendedActorSystem)Sys).SystemActorOf(Props.Create(() => new InternalTestActor(queue)).WithDispatcher("akka.test.test-actor.dispatcher"), name);

    private void TellTestActor(object command) => TestActor.Tell(command, ActorRefs.NoSender);
}
