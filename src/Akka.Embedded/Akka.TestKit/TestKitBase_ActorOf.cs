using System.Linq.Expressions;
using Akka.Actor;
using Akka.Actor.Dsl;
using Akka.Util;

namespace Akka.TestKit;

// Makes and finds actors.
public abstract partial class TestKitBase
{
    /// <summary>Makes an actor.</summary>
    public IActorRef ActorOf(Props props) => Sys.ActorOf(props);

    /// <summary>Makes an actor.</summary>
    public IActorRef ActorOf(Props props, string name) => Sys.ActorOf(props, name);

    /// <summary>Makes an actor.</summary>
    public IActorRef ActorOf<TActor>() where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>());

    /// <summary>Makes an actor.</summary>
    public IActorRef ActorOf<TActor>(string name) where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);

    /// <summary>Makes an actor.</summary>
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory) where TActor : ActorBase => Sys.ActorOf(Props.Create(factory));

    /// <summary>Makes an actor.</summary>
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string name) where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), name);

    /// <summary>Makes an actor of functions.</summary>
    public IActorRef ActorOf(Action<IActorDsl, IActorContext> configure, string name = null) => Sys.ActorOf(configure, name);

    /// <summary>Makes an actor of functions.</summary>
    public IActorRef ActorOf(Action<IActorDsl> configure, string name = null) => Sys.ActorOf(configure, name);

    /// <summary>Makes an actor that runs on the thread of the test.</summary>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Props props, IActorRef supervisor, string name = null) where TActor : ActorBase =>
        new(Sys, props, supervisor, name);

    /// <summary>Makes an actor that runs on the thread of the test.</summary>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Props props, string name = null) where TActor : ActorBase => new(Sys, props, null, name);

    /// <summary>Makes an actor that runs on the thread of the test.</summary>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Expression<Func<TActor>> factory, IActorRef supervisor, string name = null)
        where TActor : ActorBase =>
        new(Sys, Props.Create(factory), supervisor, name);

    /// <summary>Makes an actor that runs on the thread of the test.</summary>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Expression<Func<TActor>> factory, string name = null) where TActor : ActorBase =>
        new(Sys, Props.Create(factory), null, name);

    /// <summary>Makes an actor that runs on the thread of the test.</summary>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(IActorRef supervisor, string name = null) where TActor : ActorBase, new() =>
        new(Sys, Props.Create<TActor>(), supervisor, name);

    /// <summary>Makes an actor that runs on the thread of the test.</summary>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(string name = null) where TActor : ActorBase, new() => new(Sys, Props.Create<TActor>(), null, name);

    /// <summary>Selects actors by their path.</summary>
    public ActorSelection ActorSelection(ActorPath actorPath) => Sys.ActorSelection(actorPath);

    /// <summary>Selects actors by their path.</summary>
    public ActorSelection ActorSelection(string actorPath) => Sys.ActorSelection(actorPath);

    /// <summary>Selects actors by their path from another actor.</summary>
    public ActorSelection ActorSelection(IActorRef anchorRef, string actorPath) => Sys.ActorSelection(anchorRef, actorPath);

    /// <summary>Makes a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, string name, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        Spawn(props, name, supervisorStrategy, cancellationToken);

    /// <summary>Makes a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        Spawn(props, null, supervisorStrategy, cancellationToken);

    /// <summary>Makes a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, string name, CancellationToken cancellationToken = default) => Spawn(props, name, null, cancellationToken);

    /// <summary>Makes a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, CancellationToken cancellationToken = default) => Spawn(props, null, null, cancellationToken);

    /// <summary>Makes a child of the test actor.</summary>
    public Task<IActorRef> ChildActorOfAsync(Props props, string name, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        SpawnAsync(props, name, supervisorStrategy, cancellationToken);

    /// <summary>Makes a child of the test actor.</summary>
    public Task<IActorRef> ChildActorOfAsync(Props props, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default) =>
        SpawnAsync(props, null, supervisorStrategy, cancellationToken);

    /// <summary>Makes a child of the test actor.</summary>
    public Task<IActorRef> ChildActorOfAsync(Props props, string name, CancellationToken cancellationToken = default) =>
        SpawnAsync(props, name, null, cancellationToken);

    /// <summary>Makes a child of the test actor.</summary>
    public Task<IActorRef> ChildActorOfAsync(Props props, CancellationToken cancellationToken = default) => SpawnAsync(props, null, null, cancellationToken);

    internal IActorRef Spawn(Props props, string name, SupervisorStrategy strategy, CancellationToken cancellationToken)
    {
        TellTestActor(SpawnCommand(props, name, strategy));
        return ExpectMsg<IActorRef>(cancellationToken: cancellationToken);
    }

    internal async Task<IActorRef> SpawnAsync(Props props, string name, SupervisorStrategy strategy, CancellationToken cancellationToken)
    {
        TellTestActor(SpawnCommand(props, name, strategy));
        return await ExpectMsgAsync<IActorRef>(cancellationToken: cancellationToken);
    }

    private static TestKit.TestActor.Spawn SpawnCommand(Props props, string name, SupervisorStrategy strategy) =>
        new(props, name == null ? Option<string>.None : Option<string>.Create(name),
            strategy == null ? Option<SupervisorStrategy>.None : Option<SupervisorStrategy>.Create(strategy));
}
