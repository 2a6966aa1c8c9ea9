namespace ActorPlane.Host.Tests.Golden;

/// <summary>The kinds of differences that are meant to be, each with its reason.</summary>
internal static class KnownDifferences
{
    private static readonly (string Reason, Func<RecordedRequest, Difference, bool> Holds)[] All =
    [
        ("version: ours is another one", static (request, _) => request.Path is "/version" or "/version/"),
        ("discovery: asked for v2 or v2beta1, 1.28 knows the latter only", static (request, difference) =>
            request.Path is "/api" or "/apis" && request.Accept.Contains("v=v2;", StringComparison.Ordinal) && difference.Path is "Content-Type" or "apiVersion"),
        ("discovery: asked for v2, 1.28 gives the plain documents", static (request, _) =>
            request.Path is "/api" or "/apis" && request.Accept.Contains("v=v2;", StringComparison.Ordinal) && request.AnswerType == "application/json"),
        ("discovery: 1.28 stored this in its beta version", static (_, difference) =>
            difference.Path is "resources.customresourcedefinitions.storageVersionHash" or "resources.endpointslices.storageVersionHash"),
        ("discovery: what 1.29 to 1.32 have added", static (request, difference) => IsDiscovery(request) && difference.Recorded is null),
        ("discovery: the beta versions of flow control went with 1.29 and 1.32", static (request, difference) =>
            IsDiscovery(request) && (request.Path.Contains("flowcontrol.apiserver.k8s.io/v1beta", StringComparison.Ordinal)
                || difference.Path.Contains("flowcontrol.apiserver.k8s.io.", StringComparison.Ordinal))),
        ("discovery: groups of custom resources that are not there in the replay", static (request, difference) =>
            IsDiscovery(request) && (request.Path.Contains("kpt.dev", StringComparison.Ordinal) || difference.Path is "items.kpt.dev" or "items.example.com" or "groups.kpt.dev")),
        ("logs: there was no kubelet to ask, ours are virtual", static (request, _) => request.Path.EndsWith("/log", StringComparison.Ordinal) && request.Status == 500),
        ("table columns: cron jobs have a time zone and jobs a status since 1.29", static (request, difference) =>
            difference.Path.StartsWith("columnDefinitions[", StringComparison.Ordinal)
            && (request.Path.EndsWith("/cronjobs", StringComparison.Ordinal) || request.Path.EndsWith("/jobs", StringComparison.Ordinal))),
        ("table columns: their descriptions are in our own words", static (_, difference) =>
            difference.Path.Contains("columnDefinitions[", StringComparison.Ordinal) && difference.Path.EndsWith("].description", StringComparison.Ordinal)),
    ];

    private static bool IsDiscovery(RecordedRequest request) =>
        RecordedPath.Parse(request.Path) is null && request.Path.StartsWith("/api", StringComparison.Ordinal);

    /// <summary>Why a difference is meant to be; null when it is not.</summary>
    public static string? ReasonFor(RecordedRequest request, Difference difference)
    {
        foreach (var (reason, holds) in All)
        {
            if (holds(request, difference)) return reason;
        }

        return null;
    }
}
