using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Kubelet;

/// <summary>What the pods of a node request in all.</summary>
/// <param name="MilliCpu">Thousandths of a core.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="EphemeralStorage">Bytes.</param>
public readonly record struct NodeUsage(int Pods, long MilliCpu, long Memory, long EphemeralStorage)
{
    /// <summary>With one pod more.</summary>
    public NodeUsage Plus(PodDemand demand) =>
        new(Pods + 1, MilliCpu + demand.MilliCpu, Memory + demand.Memory, EphemeralStorage + demand.EphemeralStorage);

    /// <summary>With one pod less.</summary>
    public NodeUsage Minus(PodDemand demand) =>
        new(Pods - 1, MilliCpu - demand.MilliCpu, Memory - demand.Memory, EphemeralStorage - demand.EphemeralStorage);
}
