#nullable disable
namespace Akka.Actor.Dsl;

/// <summary>What an actor that is made of functions can be configured with.</summary>
public interface IActorDsl
{
    /// <summary>Instead of <see cref="DefaultPostRestart"/>.</summary>
    Action<Exception, IActorContext> OnPostRestart { get; set; }

    /// <summary>Instead of <see cref="DefaultPostStop"/>.</summary>
    Action<IActorContext> OnPostStop { get; set; }

    /// <summary>Instead of <see cref="DefaultPreRestart"/>.</summary>
    Action<Exception, object, IActorContext> OnPreRestart { get; set; }

    /// <summary>Instead of <see cref="DefaultPreStart"/>.</summary>
    Action<IActorContext> OnPreStart { get; set; }

    /// <summary>How failures of children are treated; null is the default strategy.</summary>
    SupervisorStrategy Strategy { get; set; }

    /// <summary>Makes a child of functions.</summary>
    IActorRef ActorOf(Action<IActorDsl> config, string name = null);

    void Become(Action<object, IActorContext> handler);

    void BecomeStacked(Action<object, IActorContext> handler);

    void DefaultPostRestart(Exception reason);

    void DefaultPostStop();

    void DefaultPreRestart(Exception reason, object message);

    void DefaultPreStart();

    void Receive<T>(Action<T, IActorContext> handler);

    void Receive<T>(Action<T, IActorContext> handler, Predicate<T> shouldHandle);

    void Receive<T>(Predicate<T> shouldHandle, Action<T, IActorContext> handler);

    void ReceiveAny(Action<object, IActorContext> handler);

    void ReceiveAnyAsync(Func<object, IActorContext, Task> handler);

    void ReceiveAsync<T>(Func<T, IActorContext, Task> handler, Predicate<T> shouldHandle = null);

    void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, IActorContext, Task> handler);

    void UnbecomeStacked();
}
