namespace ActorPlane.Settings;

/// <summary>A setting is missing, unknown, or has a value that it cannot have.</summary>
/// <param name="key">The full key, such as <c>actorplane.etcd.snapshot-every</c>.</param>
/// <param name="problem">What is wrong, to be read after the key.</param>
public sealed class SettingsException(string key, string problem) : Exception($"{key} {problem}")
{
    /// <summary>The full key.</summary>
    public string Key { get; } = key;

    /// <summary>What is wrong, to be read after the key.</summary>
    public string Problem { get; } = problem;
}
