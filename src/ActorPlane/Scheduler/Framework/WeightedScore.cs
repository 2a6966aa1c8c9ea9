namespace ActorPlane.Scheduler.Framework;

/// <summary>A score plugin and how much it counts.</summary>
public readonly record struct WeightedScore(IScorePlugin Plugin, int Weight);
