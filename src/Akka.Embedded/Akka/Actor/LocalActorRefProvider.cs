#nullable disable
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Serialization;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Makes and finds the actors of a system that lives in one process.</summary>
public sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly TaskCompletionSource<Status> _termination = new();
    private readonly ActorPath _tempNode;
    private readonly Dictionary<string, IInternalActorRef> _extraNames = new(StringComparer.Ordinal);
    private ActorSystemImpl _system;
    private RootGuardianActorRef _rootGuardian;
    private VirtualPathContainer _tempContainer;
    private long _tempNumber;
    private long _uid;
    private Information _information;

    public LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream)
        : this(systemName, settings, eventStream, null, null)
    {
    }

    public LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream, Deployer deployer, Func<ActorPath, IInternalActorRef> deadLettersFactory)
    {
        Settings = settings;
        EventStream = eventStream;
        Deployer = deployer ?? new Deployer(settings);
        RootPath = new RootActorPath(new Address("akka", systemName));
        _tempNode = RootPath / "temp";
        Log = Logging.GetLogger(eventStream, "LocalActorRefProvider(" + RootPath.Address + ")");
        DeadLetters = deadLettersFactory is null
            ? new DeadLetterActorRef(this, RootPath / "deadLetters", eventStream)
            : deadLettersFactory(RootPath / "deadLetters");
        IgnoreRef = new IgnoreActorRef(this);
    }

    public IActorRef DeadLetters { get; }

    public Address DefaultAddress => RootPath.Address;

    public Deployer Deployer { get; }

    public EventStream EventStream { get; }

    public LocalActorRef Guardian { get; private set; }

    public IActorRef IgnoreRef { get; }

    public ILoggingAdapter Log { get; }

    public IInternalActorRef RootGuardian => _rootGuardian;

    public ActorPath RootPath { get; }

    Information IActorRefProvider.SerializationInformation => _information ??= new Information(DefaultAddress, _system);

    public Settings Settings { get; }

    public LocalActorRef SystemGuardian { get; private set; }

    public IInternalActorRef TempContainer => _tempContainer;

    public Task TerminationTask => _termination.Task;

    public void Init(ActorSystemImpl system)
    {
        _system = system;
        var dispatcher = system.Dispatchers.Lookup(Dispatchers.InternalDispatcherId);
        var mailbox = system.Mailboxes.Lookup(Mailboxes.DefaultMailboxId);

        var supervisor = new RootGuardianSupervisor((RootActorPath)RootPath, this, _termination, Log);
        var rootStrategy = new OneForOneStrategy(e =>
        {
            Log.Error(e, "Guardian failed. Shutting down system");
            return Directive.Stop;
        });
        _rootGuardian = new RootGuardianActorRef(
            system, Props.Create<GuardianActor>().WithSupervisorStrategy(rootStrategy), dispatcher, mailbox, supervisor, RootPath, (IInternalActorRef)DeadLetters, _extraNames);
        _tempContainer = new VirtualPathContainer(this, _tempNode, _rootGuardian);
        _rootGuardian.SetTempContainer(_tempContainer);

        var cell = _rootGuardian.Cell;
        cell.ReserveChild("user");
        var guardianProps = system.GuardianProps.GetOrElse(Props.Create<GuardianActor>())
            .WithSupervisorStrategy(SupervisorStrategyConfigurator.CreateConfigurator(Settings.SupervisorStrategyClass).Create());
        Guardian = new LocalActorRef(system, guardianProps, dispatcher, mailbox, _rootGuardian, RootPath / "user");
        cell.InitChild(Guardian);
        Guardian.Start();

        cell.ReserveChild("system");
        var systemStrategy = new OneForOneStrategy(Decider.From(
            Directive.Restart, Directive.Stop.When<ActorKilledException>(), Directive.Stop.When<ActorInitializationException>()));
        SystemGuardian = new LocalActorRef(
            system, Props.Create(typeof(SystemGuardianActor), Guardian).WithSupervisorStrategy(systemStrategy), dispatcher, mailbox, _rootGuardian, RootPath / "system");
        cell.InitChild(SystemGuardian);
        SystemGuardian.Start();
        _rootGuardian.Start();

        // Each watches the one that has to stop before it.
        SystemGuardian.SendSystemMessage(new Watch(Guardian, SystemGuardian));
        _rootGuardian.SendSystemMessage(new Watch(SystemGuardian, _rootGuardian));
    }

    public IActorRef RootGuardianAt(Address address) => address == RootPath.Address ? _rootGuardian : DeadLetters;

    public ActorPath TempPath() => _tempNode / ActorNames.Random(Interlocked.Increment(ref _tempNumber) - 1);

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path)
    {
        if (path.Parent != _tempNode)
            throw new ArgumentException("Can't register temp actor: the path is not below TempPath()", nameof(path));
        _tempContainer.AddChild(path.Name, actorRef);
    }

    public void UnregisterTempActor(ActorPath path)
    {
        if (path.Parent != _tempNode)
            throw new ArgumentException("Can't unregister temp actor: the path is not below TempPath()", nameof(path));
        _tempContainer.RemoveChild(path.Name);
    }

    /// <summary>Gives an extra name to something at the root of the tree.</summary>
    public void RegisterExtraName(string name, IInternalActorRef actor) => _extraNames.Add(name, actor);

    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs) => new(tcs, null, this);

    public IInternalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy deploy, bool lookupDeploy, bool async)
    {
        var (deployed, dispatcher, mailbox) = Resolve(system, props, path, lookupDeploy ? Deployer.Lookup(path) : deploy);
        return new LocalActorRef(system, deployed, dispatcher, mailbox, supervisor, path);
    }

    public IActorRef ResolveActorRef(string path)
    {
        if (ActorPath.TryParse(path, out var actorPath))
            return ResolveActorRef(actorPath);
        Log.Debug("Resolve of unknown path [{0}] failed. Invalid format.", path);
        return DeadLetters;
    }

    public IActorRef ResolveActorRef(ActorPath path)
    {
        if (path.Address != RootPath.Address)
        {
            Log.Debug("Resolve of path [{0}] doesn't match root path [{1}]", path, RootPath);
            return DeadLetters;
        }

        var elements = path.Elements.ToArray();
        if (elements.Length == 0)
            return _rootGuardian;
        if (path.Uid != ActorCell.UndefinedUid)
            elements[^1] += "#" + path.Uid;
        var found = _rootGuardian.GetChild(elements);
        return found.IsNobody() ? new EmptyLocalActorRef(this, path, EventStream) : found;
    }

    public Address GetExternalAddressFor(Address address) => address == RootPath.Address ? address : null;

    internal long NewUid() => Interlocked.Increment(ref _uid);

    /// <summary>The short way to a child: no path, and no look at deployments when there are none.</summary>
    internal LocalActorRef MakeActor(ActorSystemImpl system, Props props, IInternalActorRef supervisor, string name)
    {
        var uid = NewUid();
        if (!Deployer.IsEmpty)
        {
            var path = new ChildActorPath(supervisor.Path, name, uid);
            var (deployed, to, with) = Resolve(system, props, path, Deployer.Lookup(path));
            return new LocalActorRef(system, deployed, to, with, supervisor, path);
        }

        var (plain, dispatcher, mailbox) = Resolve(system, props, null, Deploy.None, supervisor, name);
        return new LocalActorRef(system, plain, dispatcher, mailbox, supervisor, name, uid);
    }

    private static (Props Props, MessageDispatcher Dispatcher, MailboxType Mailbox) Resolve(
        ActorSystemImpl system, Props props, ActorPath path, Deploy deploy, IActorRef supervisor = null, string name = null)
    {
        // What the deployment section says beats what the props say.
        if (deploy is not null)
        {
            if (deploy.Dispatcher != Deploy.NoDispatcherGiven)
                props = props.WithDispatcher(deploy.Dispatcher);
            if (deploy.Mailbox != Deploy.NoMailboxGiven)
                props = props.WithMailbox(deploy.Mailbox);
            if (deploy.StashCapacity != Deploy.NoStashSize)
                props = props.WithStashCapacity(deploy.StashCapacity);
        }

        if (props.Resolved is { } known && ReferenceEquals(known.System, system))
            return (props, known.Dispatcher, known.MailboxType);
        path ??= supervisor.Path / name;
        if (!system.Dispatchers.HasDispatcher(props.Dispatcher))
            throw new ConfigurationException($"Dispatcher [{props.Dispatcher}] not configured for path {path}");
        try
        {
            var dispatcher = system.Dispatchers.Lookup(props.Dispatcher);
            var mailbox = system.Mailboxes.GetMailboxType(props, dispatcher.Configurator.Config);
            props.Resolved = new Props.ResolvedProps(system, dispatcher, mailbox);
            return (props, dispatcher, mailbox);
        }
        catch (Exception e)
        {
            throw new ConfigurationException(
                $"Configuration problem while creating {path} with dispatcher [{props.Dispatcher}] and mailbox [{props.Mailbox}]", e);
        }
    }
}
