using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Tracing;

namespace ActorPlane.Client;

/// <summary>
/// Writes Event objects about other objects, what <c>kubectl describe</c> and <c>kubectl get events</c> show;
/// client-go's <c>EventRecorder</c>. The same thing said again about the same object raises the count of one Event.
/// Best effort, as in Kubernetes: an Event that cannot be written is lost.
/// </summary>
public sealed class EventRecorder
{
    private const string Events = "events";

    private readonly ApiClient _client;
    private readonly EventSource _source;
    private readonly EventCorrelator _correlator;

    /// <summary>A recorder that writes through <paramref name="client"/>.</summary>
    /// <param name="host">The node on which the source runs; null in the control plane.</param>
    /// <param name="component">Who speaks, such as <c>replicaset-controller</c>; null for the client's field manager.</param>
    public EventRecorder(ApiClient client, string? host = null, string? component = null) =>
        (_client, _source, _correlator) = (client, new EventSource { Component = component ?? client.FieldManager, Host = host }, new EventCorrelator(client.Settings.Events, client.Chance));

    /// <summary>A routine fact about <paramref name="about"/>.</summary>
    /// <param name="reason">One word in CamelCase, such as <c>Scheduled</c>.</param>
    public void Normal(IKubeObject about, string reason, string message, Cause cause) => Record(about, "Normal", reason, message, cause);

    /// <summary>Something that someone may have to look at.</summary>
    /// <param name="reason">One word in CamelCase, such as <c>FailedScheduling</c>.</param>
    public void Warning(IKubeObject about, string reason, string message, Cause cause) => Record(about, "Warning", reason, message, cause);

    private void Record(IKubeObject about, string type, string reason, string message, Cause cause)
    {
        var metadata = about.Metadata;
        var subject = metadata.Uid ?? $"{about.Kind} {metadata.Namespace} {metadata.Name}";
        var now = _client.Now;
        if (_correlator.Observe(subject, type, reason, SharedTexts.Of(message), now) is not { } series) return;

        var item = new Event
        {
            Metadata = new ObjectMeta
            {
                // Of objects that belong to the whole cluster they are in the namespace default.
                Namespace = string.IsNullOrEmpty(metadata.Namespace) ? "default" : metadata.Namespace,
                Name = $"{metadata.Name}.{series.Id:x16}",
            },
            InvolvedObject = new ObjectReference
            {
                ApiVersion = about.ApiVersion,
                Kind = about.Kind,
                Namespace = metadata.Namespace,
                Name = metadata.Name,
                Uid = metadata.Uid,
                ResourceVersion = metadata.ResourceVersion,
            },
            Type = type,
            Reason = reason,
            Message = series.Message,
            Source = _source,
            ReportingComponent = _source.Component,
            ReportingInstance = _source.Host ?? "",
            FirstTimestamp = new DateTimeOffset(series.First),
            LastTimestamp = new DateTimeOffset(series.Last),
            Count = series.Count,
        };

        if (series.Count == 1)
        {
            _client.Create(Events, item, cause);
            return;
        }

        _client.Update(Events, item, cause, outcome =>
        {
            // Events expire: then the story begins anew, with the count that was reached.
            if (outcome.IsRefused(StatusReason.NotFound)) _client.Create(Events, item, outcome.Cause);
        });
    }
}
