using Akka.Actor;
using Akka.TestKit.Internal;

namespace Akka.TestKit.TestEvent;

/// <summary>Tells <see cref="TestEventListener" /> not to print what filters match.</summary>
public sealed class Mute : INoSerializationVerificationNeeded
{
    /// <param name="filters">The filters.</param>
    public Mute(params EventFilterBase[] filters) => Filters = filters;

    /// <param name="filters">The filters.</param>
    public Mute(IReadOnlyCollection<EventFilterBase> filters) => Filters = filters;

    public IReadOnlyCollection<EventFilterBase> Filters { get; }
}
