using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Settings;

namespace ActorPlane.Nodes;

/// <summary>What a machine has; all of it is allocatable. Nodes of one kind share one instance.</summary>
/// <param name="Cpu">Cores.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="Pods">So many pods at most.</param>
/// <param name="EphemeralStorage">Bytes of local disk.</param>
public sealed record NodeCapacity(Quantity Cpu, Quantity Memory, int Pods, Quantity EphemeralStorage)
{
    private ValueMap<Quantity>? _resources;

    /// <summary>The same as the API writes it: by resource name. One instance for all nodes of this kind.</summary>
    public ValueMap<Quantity> Resources => _resources ??= ValueMap<Quantity>.From(
    [
        new("cpu", Cpu),
        new("memory", Memory),
        new("pods", Quantity.FromInt64(Pods)),
        new("ephemeral-storage", EphemeralStorage),
    ]);

    /// <inheritdoc />
    public bool Equals(NodeCapacity? other) =>
        other is not null && Cpu == other.Cpu && Memory == other.Memory && Pods == other.Pods && EphemeralStorage == other.EphemeralStorage;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Cpu, Memory, Pods, EphemeralStorage);

    /// <summary>Such as <c>8 cpu, 32Gi memory, 110 pods</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cpu} cpu, {Memory} memory, {Pods} pods");

    /// <summary>Reads a section with the keys <c>cpu</c>, <c>memory</c>, <c>pods</c> and <c>ephemeral-storage</c>. Throws <see cref="SettingsException"/>.</summary>
    internal static NodeCapacity Read(SettingsReader section, string path)
    {
        return new NodeCapacity(Amount("cpu"), Amount("memory"), section.Int32("pods", 1, 60_000), Amount("ephemeral-storage"));

        Quantity Amount(string key) => Quantity.TryParse(section.Text(key), out var amount) && amount.Sign > 0
            ? amount
            : throw new SettingsException($"{path}.{key}", $"must be a quantity such as 8 or 32Gi, not \"{section.Text(key)}\"");
    }
}
