using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Client;

/// <summary>
/// The one outside: does at the API server what a person with kubectl, a scenario or a test asks for. It runs at
/// <c>/user/kubectl</c>, so that the trace shows where a chain of messages began.
/// </summary>
public sealed class Operator : ApiClientActor
{
    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public Operator(IActorRef server) : base(server, "kubectl") => Receive<Act>(act => act.Do(Client));

    /// <summary>The operator who talks to <paramref name="server"/>.</summary>
    public static Props PropsFor(IActorRef server) => Props.Create(() => new Operator(server));

    /// <summary>
    /// Has <paramref name="Do"/> called inside the operator, with its client. What it starts there carries the cause it
    /// chooses, and its callbacks run inside the operator too.
    /// </summary>
    public sealed record Act(Action<ApiClient> Do);
}
