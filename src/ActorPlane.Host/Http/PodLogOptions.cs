using System.Globalization;
using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>What of a log is wanted (<c>pkg/apis/core/validation/validation.go</c>, ValidatePodLogOptions).</summary>
/// <param name="Container">Empty for the only one.</param>
/// <param name="Previous">The run before the present one.</param>
/// <param name="Timestamps">Each line begins with its time.</param>
/// <param name="TailLines">So many lines at the end; null for all.</param>
/// <param name="LimitBytes">So many bytes at most; null for all.</param>
/// <param name="Since">Nothing older; null for all.</param>
internal sealed record PodLogOptions(string Container, bool Previous, bool Timestamps, long? TailLines, long? LimitBytes, DateTimeOffset? Since)
{
    // A hundred years: what goes back farther wants everything.
    private const long LongestSeconds = 100L * 365 * 24 * 3600;

    /// <summary>The options of a request.</summary>
    /// <exception cref="StatusException">400 or 422: they make no sense.</exception>
    public static PodLogOptions Of(ApiRequest request, DateTimeOffset now)
    {
        var (tail, limit, seconds) = (request.Number("tailLines"), request.Number("limitBytes"), request.Number("sinceSeconds"));
        Timestamp? since = null;
        if (request.Query("sinceTime") is { Length: > 0 } text)
        {
            if (!Timestamp.TryParse(text, out var time))
                throw new StatusException(ApiErrors.BadRequest($"parsing time {GoText.Quote(text)} as \"2006-01-02T15:04:05Z07:00\": cannot parse {GoText.Quote(text)} as \"2006\""));
            since = time;
        }

        var errors = new List<FieldError>();
        if (tail < 0) errors.Add(FieldError.Invalid(FieldPath.Of("tailLines"), tail.Value, "must be greater than or equal to 0"));
        if (limit < 1) errors.Add(FieldError.Invalid(FieldPath.Of("limitBytes"), limit.Value, "must be greater than 0"));
        if (seconds is not null && since is not null) errors.Add(FieldError.Forbidden(FieldPath.Of(""), "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        else if (seconds < 1) errors.Add(FieldError.Invalid(FieldPath.Of("sinceSeconds"), seconds.Value, "must be greater than 0"));
        if (errors.Count > 0) throw new StatusException(ApiErrors.Invalid(new GroupVersionKind("", "v1", "PodLogOptions"), request.Path.Name!, errors));
        return new PodLogOptions(
            request.Query("container"), request.Flag("previous"), request.Flag("timestamps"), tail, limit,
            since?.Time ?? (seconds is { } back ? now - TimeSpan.FromSeconds(Math.Min(back, LongestSeconds)) : null));
    }
}
