namespace ActorPlane.Benchmarks.Cluster;

/// <summary>What differs between runs of <see cref="LiveDeployment"/>.</summary>
internal sealed record LiveDeploymentOptions
{
    /// <summary>Whether kubelets write Events about pods.</summary>
    public bool PodEvents { get; init; } = true;

    /// <summary>Whether a stand-in binds the pods to the nodes in turn, in constant time, and kube-scheduler has nothing to do.</summary>
    public bool PlaceInTurn { get; init; }
}
