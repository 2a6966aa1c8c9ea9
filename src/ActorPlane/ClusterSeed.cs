using Akka.Actor;

namespace ActorPlane;

/// <summary>The seed of a system (<c>actorplane.seed</c>), read once.</summary>
public sealed class ClusterSeed(ulong value) : IExtension
{
    private long _ordinal;

    /// <summary>The seed of <paramref name="system"/>.</summary>
    public static ClusterSeed Of(ActorSystem system) => system.WithExtension<ClusterSeed, Provider>();

    /// <summary>Any 64-bit number.</summary>
    public ulong Value { get; } = value;

    /// <summary>1, 2, 3, ...: numbers what is made from the seed, so that nothing is made twice alike.</summary>
    public ulong NextOrdinal() => (ulong)Interlocked.Increment(ref _ordinal);

    /// <summary>Creates the extension.</summary>
    public sealed class Provider : ExtensionIdProvider<ClusterSeed>
    {
        /// <inheritdoc />
        public override ClusterSeed CreateExtension(ExtendedActorSystem system) =>
            new(unchecked((ulong)Settings.SettingsReader.For(system.Settings.Config, "actorplane").Int64("seed")));
    }
}
