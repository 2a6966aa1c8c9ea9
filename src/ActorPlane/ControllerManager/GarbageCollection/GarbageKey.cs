using ActorPlane.ApiServer;

namespace ActorPlane.ControllerManager.GarbageCollection;

/// <summary>One object that has owners.</summary>
/// <param name="Resource">As kubectl names it.</param>
public readonly record struct GarbageKey(string Resource, NamespacedName Name, string Uid);
