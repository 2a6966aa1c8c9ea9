#nullable disable
namespace Akka.Actor.Dsl;

/// <summary>Makes actors of functions.</summary>
public static class ActExtensions
{
    public static IActorRef ActorOf(this IActorRefFactory factory, Action<IActorDsl> config, string name = null) =>
        factory.ActorOf(Props.Create(() => new Act(config)), name);

    public static IActorRef ActorOf(this IActorRefFactory factory, Action<IActorDsl, IActorContext> config, string name = null) =>
        factory.ActorOf(Props.Create(() => new Act(config)), name);
}
