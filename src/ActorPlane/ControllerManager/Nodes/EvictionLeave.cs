namespace ActorPlane.ControllerManager.Nodes;

/// <summary>Whether a node that is not ready may be tainted NoExecute, and so lose its pods.</summary>
public enum EvictionLeave
{
    /// <summary>All zones are down: nothing is evicted anywhere, and what was begun is taken back.</summary>
    Withdrawn,

    /// <summary>Not yet: its zone's turn has not come to it.</summary>
    Waiting,

    /// <summary>Now.</summary>
    Granted,
}
