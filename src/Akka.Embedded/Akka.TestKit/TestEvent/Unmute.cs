using Akka.Actor;
using Akka.TestKit.Internal;

namespace Akka.TestKit.TestEvent;

/// <summary>Tells <see cref="TestEventListener" /> to print again what filters match.</summary>
public sealed class Unmute : INoSerializationVerificationNeeded
{
    /// <param name="filters">The filters.</param>
    public Unmute(params EventFilterBase[] filters) => Filters = filters;

    /// <param name="filters">The filters.</param>
    public Unmute(IReadOnlyCollection<EventFilterBase> filters) => Filters = filters;

    public IReadOnlyCollection<EventFilterBase> Filters { get; }
}
