using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Client;

/// <summary>
/// The base of every actor that talks to the API server. What comes from there goes to its <see cref="Client"/>, in
/// whatever behaviour the actor is, and from there to callbacks and informers; the actor itself handles the rest.
/// </summary>
public abstract class ApiClientActor : TracedActor
{
    private readonly Receive _toClient;

    /// <summary>Connects to the API server.</summary>
    /// <param name="server">The API server, or what stands between: a node's network link.</param>
    /// <param name="fieldManager">Who this is, such as <c>kubelet</c>.</param>
    protected ApiClientActor(IActorRef server, string fieldManager)
    {
        Client = new ApiClient(Context, server, ClientSettings.Of(Context.System), fieldManager);
        _toClient = Client.Handle;
    }

    /// <summary>This incarnation's connection.</summary>
    protected ApiClient Client { get; }

    /// <inheritdoc />
    protected override void PostStop()
    {
        // Also called before a restart: the next incarnation opens its own watches.
        Client.Close();
        base.PostStop();
    }

    /// <inheritdoc />
    protected override bool AroundReceive(Receive receive, object message) =>
        base.AroundReceive(ApiClient.IsForClient(message) ? _toClient : receive, message);
}
