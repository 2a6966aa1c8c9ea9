using ActorPlane.ApiServer;
using ActorPlane.Tracing;

namespace ActorPlane.Host.Http;

/// <summary>What the threads that serve HTTP requests tell the <see cref="HttpGateway"/>. Answers come back through <see cref="HttpGatewayClient"/>.</summary>
public static class HttpGatewayProtocol
{
    /// <summary>Send this to the API server; the reply goes to whoever waits for its RequestId.</summary>
    /// <param name="Request">Method and path, for the trace.</param>
    public sealed record Submit(ApiServerProtocol.ICommand Command, string Request) : ITraced
    {
        /// <inheritdoc />
        public Cause Cause => Command.Cause;

        /// <inheritdoc />
        public string Describe() => Request;
    }

    /// <summary>Open a watch whose news go into <paramref name="Stream"/>.</summary>
    /// <param name="Request">Method and path, for the trace.</param>
    public sealed record OpenWatch(WatchStream Stream, Cause Cause, string Request) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => Request;
    }

    /// <summary>The request of this watch has ended.</summary>
    public sealed record CloseWatch(WatchStream Stream);

    /// <summary>Put a bookmark into the stream: everything up to this revision has been told to the receiver before.</summary>
    public sealed record Mark(WatchStream Stream, long Revision);
}
