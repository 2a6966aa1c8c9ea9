#nullable disable
using Akka.Actor.Internal;
using Akka.Serialization;

namespace Akka.Actor;

/// <summary>Makes and finds actors for a system.</summary>
public interface IActorRefProvider
{
    IInternalActorRef RootGuardian { get; }

    LocalActorRef Guardian { get; }

    LocalActorRef SystemGuardian { get; }

    IActorRef DeadLetters { get; }

    IActorRef IgnoreRef { get; }

    ActorPath RootPath { get; }

    Settings Settings { get; }

    Deployer Deployer { get; }

    /// <summary>Holds the handles of pending asks.</summary>
    IInternalActorRef TempContainer { get; }

    /// <summary>Completed when the root guardian has stopped.</summary>
    Task TerminationTask { get; }

    Address DefaultAddress { get; }

    /// <summary>How handles are written: the address and the system.</summary>
    Information SerializationInformation { get; }

    void Init(ActorSystemImpl system);

    IActorRef RootGuardianAt(Address address);

    /// <summary>A new path below <see cref="TempContainer"/>.</summary>
    ActorPath TempPath();

    void RegisterTempActor(IInternalActorRef actorRef, ActorPath path);

    void UnregisterTempActor(ActorPath path);

    FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs);

    IInternalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy deploy, bool lookupDeploy, bool async);

    /// <summary>The actor at that path, or a handle that leads to dead letters.</summary>
    IActorRef ResolveActorRef(ActorPath actorPath);

    IActorRef ResolveActorRef(string path);

    Address GetExternalAddressFor(Address address);
}
