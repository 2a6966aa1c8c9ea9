#nullable disable
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Embedded;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor.Internal;

/// <summary>The actor system.</summary>
public partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly Lock _terminationLock = new();
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILoggingAdapter _log;
    private Serialization.Serialization _serialization;
    private bool _hasSerialization;
    private object _serializationLock = new();
    private Stack<Action> _terminationCallbacks = new();

    public ActorSystemImpl(string name)
        : this(name, ConfigurationFactory.Empty, ActorSystemSetup.Empty)
    {
    }

    public ActorSystemImpl(string name, Config config, ActorSystemSetup setup, Option<Props>? guardianProps = null)
    {
        if (string.IsNullOrEmpty(name) || !NamePattern().IsMatch(name))
        {
            throw new ArgumentException(
                $"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        }

        ArgumentNullException.ThrowIfNull(config);
        Name = name;
        GuardianProps = guardianProps ?? Option<Props>.None;
        Settings = new Settings(this, config, setup);
        Random = new SeededRandom(setup.Get<RandomSetup>().Select(s => s.Seed).GetOrElse(RandomSetup.DefaultSeed));
        EventStream = new EventStream(Settings.DebugEventStream);
        EventStream.StartStdoutLogger(Settings);
        _log = new BusLogging(EventStream, $"ActorSystem({name})", GetType(), Settings.LogFormatter);
        ActorPipelineResolver = new ActorProducerPipelineResolver(() => _log);
        try
        {
            Scheduler = MakeScheduler();
            LocalProvider = new LocalActorRefProvider(name, Settings, EventStream);
            Mailboxes = new Mailboxes(this);
            Dispatchers = new Dispatchers(
                this, new DefaultDispatcherPrerequisites(EventStream, Scheduler, Settings, Mailboxes), _log);
        }
        catch
        {
            (Scheduler as IDisposable)?.Dispose();
            throw;
        }
    }

    public override ActorProducerPipelineResolver ActorPipelineResolver { get; }

    public override IActorRef DeadLetters => LocalProvider.DeadLetters;

    public override IActorRef IgnoreRef => LocalProvider.IgnoreRef;

    public override Dispatchers Dispatchers { get; }

    public override EventStream EventStream { get; }

    public override IInternalActorRef Guardian => LocalProvider.Guardian;

    public Option<Props> GuardianProps { get; }

    public override ILoggingAdapter Log => _log;

    public override IInternalActorRef LookupRoot => LocalProvider.RootGuardian;

    public override Mailboxes Mailboxes { get; }

    public override string Name { get; }

    public override IActorRefProvider Provider => LocalProvider;

    public override IScheduler Scheduler { get; }

    /// <summary>Made on first use: most simulations never serialize.</summary>
    public override Serialization.Serialization Serialization => LazyInitializer.EnsureInitialized(ref _serialization, ref _hasSerialization, ref _serializationLock, () => new Serialization.Serialization(this));

    public override Settings Settings { get; }

    public override IInternalActorRef SystemGuardian => LocalProvider.SystemGuardian;

    public override Task WhenTerminated => _terminated.Task;

    internal LocalActorRefProvider LocalProvider { get; }

    /// <summary>Every random choice of the runtime comes from here.</summary>
    internal SeededRandom Random { get; }

    internal bool IsAborting { get; private set; }

    public void Start()
    {
        try
        {
            StartTime = Scheduler.MonotonicClock;
            LocalProvider.Init(this);
            _ = LocalProvider.TerminationTask.ContinueWith(
                static (_, system) => ((ActorSystemImpl)system).FinishTermination(),
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            EventStream.StartUnsubscriber(this);
            EventStream.StartDefaultLoggers(this);
            if (Settings.LogDeadLetters > 0)
                StartDeadLetterListener();
            LoadExtensions();
            if (Settings.LogConfigOnStart)
                _log.Info(Settings.ToString());
            InertKeys.Warn(Settings, _log);
        }
        catch
        {
            Abort();
            throw;
        }
    }

    public override IActorRef ActorOf(Props props, string name = null) => LocalProvider.Guardian.Cell.AttachChild(props, false, name);

    public override IActorRef SystemActorOf(Props props, string name = null) => LocalProvider.SystemGuardian.Cell.AttachChild(props, true, name);

    public override IActorRef SystemActorOf<TActor>(string name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this);

    public override ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this, LocalProvider.RootGuardian);

    public override void Stop(IActorRef actor)
    {
        var path = actor.Path;
        var parent = path.Parent;
        if (parent == LocalProvider.Guardian.Path)
            LocalProvider.Guardian.Tell(new Akka.Dispatch.SysMsg.StopChild(actor), ActorRefs.NoSender);
        else if (parent == LocalProvider.SystemGuardian.Path)
            LocalProvider.SystemGuardian.Tell(new Akka.Dispatch.SysMsg.StopChild(actor), ActorRefs.NoSender);
        else
            ((IInternalActorRef)actor).Stop();
    }

    public override void RegisterOnTermination(Action code)
    {
        lock (_terminationLock)
        {
            if (_terminationCallbacks is null)
                throw new InvalidOperationException("ActorSystem already terminated.");
            _terminationCallbacks.Push(code);
        }
    }

    public override Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate)
            CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    public override void Abort()
    {
        IsAborting = true;
        FinalTerminate();
    }

    internal Task FinalTerminate()
    {
        if (!Settings.LogDeadLettersDuringShutdown && LocalProvider.SystemGuardian?.Cell.GetSingleChild("deadLetterListener") is { } listener)
            listener.Stop();
        LocalProvider.Guardian?.Stop();
        return WhenTerminated;
    }

    public override object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return _extensions.GetOrAdd(
            extension.ExtensionType,
            static (_, s) => new Lazy<object>(() => s.extension.CreateExtension(s.Self), LazyThreadSafetyMode.ExecutionAndPublication),
            (Self: this, extension)).Value;
    }

    public override object GetExtension(IExtensionId extensionId) =>
        TryGetExtension(extensionId.ExtensionType, out var extension) ? extension : null;

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension : null;

    public override bool HasExtension(Type type) => typeof(IExtension).IsAssignableFrom(type) && _extensions.ContainsKey(type);

    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, out object extension)
    {
        extension = _extensions.TryGetValue(extensionType, out var lazy) ? lazy.Value : null;
        return extension is not null;
    }

    public override bool TryGetExtension<T>(out T extension)
    {
        var found = TryGetExtension(typeof(T), out var instance);
        extension = instance as T;
        return found;
    }

    public override string PrintTree()
    {
        var text = new StringBuilder();
        Print(LookupRoot, "");
        return text.ToString();

        void Print(IActorRef node, string indent)
        {
            text.Append(indent).Append(indent.Length == 0 ? "-> " : "⌊-> ").Append(node.Path.Name);
            if (node is LocalActorRef local)
            {
                var children = local.Cell.ChildrenContainer.Children;
                text.Append(' ').Append(local.Cell.Actor?.GetType().Name ?? "null")
                    .Append(' ').Append(children.Count).Append(" children");
                text.AppendLine();
                foreach (var child in children)
                    Print(child, indent + "   ");
            }
            else
            {
                text.Append(' ').AppendLine(node.GetType().Name);
            }
        }
    }

    public override string ToString() => LookupRoot.Path.Root.Address.ToString();

    private IScheduler MakeScheduler()
    {
        var type = Type.GetType(Settings.SchedulerClass)
            ?? throw new ConfigurationException($"akka.scheduler.implementation: type [{Settings.SchedulerClass}] not found");
        return (IScheduler)Activator.CreateInstance(type, Settings.Config, _log);
    }

    /// <summary>Subscribes on its behalf, so that it hears of what happens before it has started.</summary>
    private void StartDeadLetterListener()
    {
        var listener = SystemActorOf<DeadLetterListener>("deadLetterListener");
        EventStream.Subscribe(listener, typeof(DeadLetter));
        EventStream.Subscribe(listener, typeof(Dropped));
        EventStream.Subscribe(listener, typeof(UnhandledMessage));
    }

    private void LoadExtensions()
    {
        RegisterExtension(new CoordinatedShutdownExtension());
        foreach (var name in Settings.Config.GetStringList("akka.extensions"))
        {
            if (Type.GetType(name) is not { } type || !typeof(IExtensionId).IsAssignableFrom(type))
            {
                _log.Error("[{0}] is not an 'ExtensionId', skipping...", name);
                continue;
            }

            try
            {
                RegisterExtension((IExtensionId)Activator.CreateInstance(type));
            }
            catch (Exception e)
            {
                _log.Error(e, "While trying to load extension [{0}], skipping...", name);
            }
        }
    }

    private void FinishTermination()
    {
        Stack<Action> callbacks;
        lock (_terminationLock)
        {
            callbacks = _terminationCallbacks ?? new Stack<Action>();
            _terminationCallbacks = null;
        }

        foreach (var callback in callbacks)
        {
            try
            {
                callback();
            }
            catch (Exception e)
            {
                _log.Error(e, "A termination callback failed");
            }
        }

        EventStream.StopDefaultLoggers(this);
        (Scheduler as IDisposable)?.Dispose();
        _terminated.TrySetResult();
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-]*$")]
    private static partial Regex NamePattern();
}
