using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Network;

/// <summary>The conversation with <c>/user/network</c> and its links.</summary>
public static class NetworkProtocol
{
    /// <summary>To the network: makes a node's link to the API server. Reply: <see cref="LinkOpened"/>, also when it was there before.</summary>
    public sealed record OpenLink(string Node, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"open link of {Node}";
    }

    /// <summary>The link is there.</summary>
    public sealed record LinkOpened(string Node, IActorRef Link, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"link of {Node} is open";
    }

    /// <summary>To the network: takes a node's link away. Reply: <see cref="LinkClosed"/>, also when there was none.</summary>
    public sealed record CloseLink(string Node, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"close link of {Node}";
    }

    /// <summary>The link is gone, or is going.</summary>
    public sealed record LinkClosed(string Node, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"link of {Node} is closed";
    }

    /// <summary>
    /// To a link, from the kubelet that begins to use it: what the API server says goes to the sender from now on, and
    /// whatever an earlier one had open is closed. No reply.
    /// </summary>
    public sealed record Connect(Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => "connect";
    }

    /// <summary>To a link, from the machine whose kubelet is gone: closes what it had open. No reply.</summary>
    public sealed record Disconnect(Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => "disconnect";
    }
}
