using ActorPlane.Settings;

namespace ActorPlane.Client;

/// <summary>How Event objects are thinned out before they are written; as <c>CorrelatorOptions</c> in client-go.</summary>
/// <param name="MaxObjects">About so many objects is remembered what was said last; the longest silent one is forgotten first.</param>
/// <param name="MaxSimilar">From so many different messages with the same object and reason on, they are combined into one Event.</param>
/// <param name="SimilarInterval">Messages further apart than this are not similar.</param>
/// <param name="Burst">So many Events about one object are written at once; later ones are dropped until the allowance has grown again.</param>
/// <param name="RefillInterval">The allowance grows by one Event in each of these.</param>
public sealed record EventSettings(int MaxObjects, int MaxSimilar, TimeSpan SimilarInterval, int Burst, TimeSpan RefillInterval)
{
    /// <summary>From the section <c>actorplane.client.events</c>.</summary>
    public static EventSettings Read(SettingsReader section) => new(
        section.Int32("max-objects", 1), section.Int32("max-similar", 2), section.Duration("similar-interval"),
        section.Int32("burst", 1), section.Duration("refill-interval"));
}
