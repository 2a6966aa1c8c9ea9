namespace ActorPlane.Scheduler.Framework;

/// <summary>A scorer that can tell from the pod alone that it has no preference. (Extension point PreScore: Skip.)</summary>
public interface IPreScorePlugin
{
    /// <summary>False: the plugin adds nothing to any node's score.</summary>
    bool HasPreference(PodInfo pod);
}
