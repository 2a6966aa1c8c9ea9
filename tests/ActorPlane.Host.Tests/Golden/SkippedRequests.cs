namespace ActorPlane.Host.Tests.Golden;

/// <summary>Which requests are not replayed, or whose answers are not looked at, and why.</summary>
internal static class SkippedRequests
{
    public const string BodyUnknown = "the body was protobuf, which the record does not hold";
    public const string AnswerUnknown = "the answer was protobuf or too long, and the record does not hold it: only the status was compared";
    public const string StateUnknown = "the record does not show the object's state before";
    public const string WrittenBetween = "a controller that was not recorded wrote in between";

    /// <summary>The reason, or null when the request is replayed.</summary>
    public static string? ReasonFor(RecordedRequest request) => request switch
    {
        { Status: 304 } => "an answer to If-None-Match, which the record does not hold; ETags are optional",
        { Status: 101 } => "an upgrade to another protocol",
        { Path: var path } when path.StartsWith("/openapi/", StringComparison.Ordinal) => "OpenAPI documents are our own, and the record cuts them off",
        { Path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews" } => BodyUnknown,
        _ => null,
    };
}
