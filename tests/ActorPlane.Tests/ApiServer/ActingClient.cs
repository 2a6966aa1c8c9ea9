using ActorPlane.Client;
using Akka.Actor;

namespace ActorPlane.Tests.ApiServer;

/// <summary>An actor that does with its client whatever a test tells it to.</summary>
internal sealed class ActingClient : ApiClientActor
{
    public ActingClient(IActorRef server, Action<ApiClient>? onStart) : base(server, "test")
    {
        Receive<Act>(act => act.Do(Client));
        onStart?.Invoke(Client);
    }

    public static Props PropsFor(IActorRef server, Action<ApiClient>? onStart = null) => Props.Create(() => new ActingClient(server, onStart));

    public sealed record Act(Action<ApiClient> Do);
}
