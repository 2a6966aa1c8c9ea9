using System.Diagnostics;
using ActorPlane.Api;
using ActorPlane.Tracing;
using Akka.Actor;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Host.Otel;

/// <summary>The attributes <c>k8s.*</c> of OpenTelemetry's semantic conventions (<c>docs/attributes-registry/k8s.md</c>).</summary>
internal static class KubernetesTags
{
    private static readonly HashSet<string> Kinds =
    [
        "Pod", "Node", "Deployment", "ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet", "Job", "CronJob", "ResourceQuota", "Service",
    ];

    /// <summary>Adds what a message tells: the object that it is about, and the node where it is sent or taken up.</summary>
    public static void Add(Activity span, in TraceEvent traceEvent)
    {
        switch (traceEvent.Message)
        {
            case Create create: Add(span, create.Object); break;
            case Update update: Add(span, update.Object); break;
            case Written written: Add(span, written.Object); break;
            case Deleted deleted: Add(span, deleted.Object); break;
            case Changed changed: Add(span, changed.Object); break;
        }

        if ((NodeOf(traceEvent.Receiver) ?? NodeOf(traceEvent.Sender)) is { } node) span.SetTag("k8s.node.name", node);
    }

    /// <summary>Adds the object's namespace, name and uid.</summary>
    public static void Add(Activity span, IKubeObject item)
    {
        var (kind, metadata) = (KubeTypes.Of(item).Gvk.Kind, item.Metadata);
        if (metadata.Namespace is { Length: > 0 } scope) span.SetTag("k8s.namespace.name", scope);
        if (kind == "Namespace") span.SetTag("k8s.namespace.name", metadata.Name);
        if (!Kinds.Contains(kind)) return;
        var prefix = "k8s." + kind.ToLowerInvariant();
        span.SetTag(prefix + ".name", metadata.Name);
        if (metadata.Uid is { Length: > 0 } uid) span.SetTag(prefix + ".uid", uid);
    }

    private static string? NodeOf(IActorRef? actor) =>
        actor is not null && !actor.IsNobody() && actor.Path.Elements is ["user", "nodes" or "network", var node, ..] ? node : null;
}
