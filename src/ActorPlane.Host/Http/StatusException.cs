using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Host.Http;

/// <summary>A request ends with this failure: thrown anywhere below the router, which answers it.</summary>
public sealed class StatusException(Status status) : Exception(status.Message)
{
    /// <summary>The answer.</summary>
    public Status Status { get; } = status;
}
