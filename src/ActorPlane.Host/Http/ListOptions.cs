using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>
/// Which of the options of list and watch go together
/// (<c>apimachinery/pkg/apis/meta/internalversion/validation/validation.go</c>).
/// </summary>
internal static class ListOptions
{
    private const string NotOlderThan = "NotOlderThan";
    private const string Exact = "Exact";
    private static readonly GroupVersionKind Kind = new("meta.k8s.io", "v1", "ListOptions");
    private static readonly FieldPath Match = FieldPath.Of("resourceVersionMatch");

    /// <summary>Refuses options that contradict each other.</summary>
    /// <exception cref="StatusException">422.</exception>
    public static void Check(ApiRequest request, bool isWatch)
    {
        var match = request.Query("resourceVersionMatch");
        var sendInitial = request.Query("sendInitialEvents").Length > 0;
        if (match.Length == 0 && !sendInitial) return;
        var errors = new List<FieldError>();
        if (isWatch) CheckWatch(request, match, sendInitial, errors);
        else CheckList(request, match, sendInitial, errors);
        if (errors.Count > 0) throw new StatusException(ApiErrors.Invalid(Kind, "", errors));
    }

    private static void CheckList(ApiRequest request, string match, bool sendInitial, List<FieldError> errors)
    {
        if (match.Length > 0)
        {
            var version = request.Query("resourceVersion");
            if (version.Length == 0) errors.Add(FieldError.Forbidden(Match, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
            if (request.Query("continue").Length > 0) errors.Add(FieldError.Forbidden(Match, "resourceVersionMatch is forbidden when continue is provided"));
            if (match is not (Exact or NotOlderThan)) errors.Add(FieldError.NotSupported(Match, match, Exact, NotOlderThan, ""));
            if (match == Exact && version == "0") errors.Add(FieldError.Forbidden(Match, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }

        if (sendInitial) errors.Add(FieldError.Forbidden(FieldPath.Of("sendInitialEvents"), "sendInitialEvents is forbidden for list"));
    }

    private static void CheckWatch(ApiRequest request, string match, bool sendInitial, List<FieldError> errors)
    {
        if (sendInitial && match != NotOlderThan)
            errors.Add(FieldError.Forbidden(Match, $"sendInitialEvents requires setting resourceVersionMatch to {NotOlderThan}"));
        if (match.Length == 0) return;
        if (!sendInitial) errors.Add(FieldError.Forbidden(Match, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        if (match != NotOlderThan) errors.Add(FieldError.NotSupported(Match, match, NotOlderThan));
        if (request.Query("continue").Length > 0) errors.Add(FieldError.Forbidden(Match, "resourceVersionMatch is forbidden when continue is provided"));
    }
}
