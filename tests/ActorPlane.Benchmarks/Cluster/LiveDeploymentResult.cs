namespace ActorPlane.Benchmarks.Cluster;

/// <summary>What a run of <see cref="LiveDeployment"/> took.</summary>
/// <param name="BootTime">From the first node's creation until all are ready.</param>
/// <param name="PodTime">From the Deployment's creation until all its pods are available.</param>
/// <param name="PodCpu">The process's CPU time for that.</param>
/// <param name="BytesPerNode">Live bytes after a full collection, all that the control plane keeps included.</param>
/// <param name="BytesPerPod">The same.</param>
/// <param name="BytesPerCompactedPod">The same when etcd has forgotten its history.</param>
/// <param name="PeakMegabytes">The process's largest resident set so far.</param>
internal sealed record LiveDeploymentResult(
    int Nodes, int Pods, TimeSpan BootTime, TimeSpan PodTime, TimeSpan PodCpu, long BytesPerNode, long BytesPerPod, long BytesPerCompactedPod,
    long PeakMegabytes);
