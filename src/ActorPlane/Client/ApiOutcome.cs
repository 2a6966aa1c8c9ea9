using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Tracing;

namespace ActorPlane.Client;

/// <summary>How a request to the API server ended: done, refused, or unknown because no answer came.</summary>
/// <param name="Reply">Null when the connection broke or the time was up: the request may or may not have been carried out.</param>
/// <param name="Cause">That of the reply, or of the request.</param>
public readonly record struct ApiOutcome(ApiServerProtocol.IReply? Reply, Cause Cause)
{
    /// <summary>The request may or may not have been carried out.</summary>
    public bool IsUnknown => Reply is null;

    /// <summary>Why the server refused, or null.</summary>
    public Status? Refusal => (Reply as ApiServerProtocol.Refused)?.Status;

    /// <summary>The request was carried out.</summary>
    public bool IsDone => Reply is not null and not ApiServerProtocol.Refused;

    /// <summary>The object written, found or deleted; null when refused or unknown.</summary>
    public IKubeObject? Object => Reply switch
    {
        ApiServerProtocol.Written written => written.Object,
        ApiServerProtocol.Found found => found.Object,
        ApiServerProtocol.Deleted deleted => deleted.Object,
        _ => null,
    };

    /// <summary>Refused with this reason, one of <see cref="StatusReason"/>, such as <c>Conflict</c>.</summary>
    public bool IsRefused(string reason) => Refusal?.Reason == reason;

    /// <summary>A few words for a log line.</summary>
    public override string ToString() => Reply?.Describe() ?? "outcome unknown";
}
