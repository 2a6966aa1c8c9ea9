namespace ActorPlane.Kubelet;

/// <summary>Why a node does not take a pod.</summary>
/// <param name="Reason">One word: <c>OutOfcpu</c>, <c>NodeAffinity</c>.</param>
/// <param name="Message">Kubernetes' own words.</param>
public sealed record PodRejection(string Reason, string Message);
