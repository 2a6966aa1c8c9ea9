namespace Akka.Persistence.Journal;

/// <summary>What happens to a replayed event that contradicts another writer's.</summary>
public enum ReplayFilterMode
{
    /// <summary>The recovery fails.</summary>
    Fail,

    /// <summary>The event is replayed; a warning is logged.</summary>
    Warn,

    /// <summary>The older writer's event is dropped; a warning is logged.</summary>
    RepairByDiscardOld,

    /// <summary>Nothing is compared.</summary>
    Disabled,
}
