using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.ControllerManager.ReplicaSets;

/// <summary>The section <c>actorplane.controller-manager.replicaset</c>.</summary>
/// <param name="Burst">Pods created or deleted in one pass at most.</param>
/// <param name="SlowStartInitialBatchSize">Pods in the first batch of a pass.</param>
public sealed record ReplicaSetSettings(int Burst, int SlowStartInitialBatchSize)
{
    /// <summary>Reads the section from a system's whole configuration.</summary>
    public static ReplicaSetSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.controller-manager.replicaset");
        return new ReplicaSetSettings(section.Int32("burst", 1), section.Int32("slow-start-initial-batch-size", 1));
    }
}
