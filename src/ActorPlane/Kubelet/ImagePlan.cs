namespace ActorPlane.Kubelet;

/// <summary>How an image comes to a machine.</summary>
/// <param name="IsPull">False when it is present.</param>
/// <param name="ReadyAt">When a container can use it.</param>
public readonly record struct ImagePlan(bool IsPull, DateTimeOffset ReadyAt);
