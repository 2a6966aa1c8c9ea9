#nullable disable
namespace Akka.Actor;

/// <summary>Drops everything without a trace: for replies that nobody wants.</summary>
internal sealed class IgnoreActorRef : MinimalActorRef
{
    public IgnoreActorRef(IActorRefProvider provider)
    {
        Provider = provider;
        Path = new RootActorPath(new Address("akka", "all-systems")) / "ignore";
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }
}
