namespace ActorPlane.Scheduler.Framework;

/// <summary>A filter that can tell from the pod alone that it has no say. (Extension point PreFilter: Skip.)</summary>
public interface IPreFilterPlugin
{
    /// <summary>False: no node is asked; the plugin's filter passes all. Called once for each attempt.</summary>
    bool AppliesTo(PodInfo pod);
}
