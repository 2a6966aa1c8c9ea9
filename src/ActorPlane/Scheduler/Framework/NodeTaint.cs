using ActorPlane.Api.Core.V1;

namespace ActorPlane.Scheduler.Framework;

/// <summary>A taint that keeps pods away, with the rejection that it causes, made once.</summary>
public readonly record struct NodeTaint(Taint Taint, Rejection Rejection)
{
    /// <summary>With the text of TaintToleration.</summary>
    public static NodeTaint Of(Taint taint) => new(taint, new Rejection(
        ClusterEvents.NodeAdded | ClusterEvents.NodeTaintsChanged,
        $"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}"));
}
