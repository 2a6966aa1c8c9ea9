namespace ActorPlane.ControllerManager.Nodes;

/// <summary>How well a zone is. (<c>ZoneState</c> in <c>C/nodelifecycle/node_lifecycle_controller.go</c>.)</summary>
public enum ZoneState
{
    /// <summary>Nodes fail one by one: they are evicted one by one.</summary>
    Normal,

    /// <summary>So many nodes fail at once that something else may be wrong: evict slowly, or in a small zone not at all.</summary>
    PartialDisruption,

    /// <summary>No node is ready.</summary>
    FullDisruption,
}
