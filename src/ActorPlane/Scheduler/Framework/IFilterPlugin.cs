namespace ActorPlane.Scheduler.Framework;

/// <summary>Says whether a pod fits on a node. (Extension point Filter.)</summary>
public interface IFilterPlugin
{
    /// <summary>Null when it fits. Called for each node looked at: it must not allocate.</summary>
    Rejection? Filter(PodInfo pod, NodeInfo node);
}
