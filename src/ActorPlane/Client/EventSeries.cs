namespace ActorPlane.Client;

/// <summary>One Event object, as far as who writes it remembers it. Kept small: there are several for each pod.</summary>
/// <param name="Id">Tells its name from those of other Events about the same object.</param>
/// <param name="Message">What was said last.</param>
/// <param name="IsCombined">It stands for many messages that differ only in their text.</param>
/// <param name="First">When it was said first, in UTC.</param>
/// <param name="Last">When it was said last, in UTC.</param>
/// <param name="Count">How often it was said; 1 when it is new.</param>
internal readonly record struct EventSeries(
    ulong Id, string Type, string Reason, string Message, bool IsCombined, DateTime First, DateTime Last, int Count);
