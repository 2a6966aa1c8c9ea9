using Akka.Actor;

namespace ActorPlane;

/// <summary>
/// The only source of chance in the cluster: a generator derived from the run's seed (<c>actorplane.seed</c>) and the
/// path of the actor that draws, so that what one actor draws never depends on what another did. SplitMix64, as
/// published by Steele, Lea and Flood (2014): one addition and two multiplications a draw. Not for secrets, not thread-safe.
/// </summary>
public sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>
    /// A new generator for the actor whose context this is. An actor that is restarted draws anew, not the same again:
    /// the generators of a system are numbered in the order in which they are made. <paramref name="purpose"/>
    /// separates several generators of one actor.
    /// </summary>
    public static Chance For(IActorContext context, string purpose)
    {
        var seed = ClusterSeed.Of(context.System);
        return For(seed.Value + seed.NextOrdinal() * 0x9E3779B97F4A7C15UL, context.Self.Path.ToStringWithoutAddress(), purpose);
    }

    /// <summary>The generator that <paramref name="seed"/> gives to <paramref name="path"/> for <paramref name="purpose"/>.</summary>
    public static Chance For(ulong seed, string path, string purpose) => new(Mix(Mix(seed) ^ Fnv1A(path) ^ Mix(Fnv1A(purpose))));

    /// <summary>Uniform over all 64-bit values.</summary>
    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }

    /// <summary>Uniform over 0 to <paramref name="exclusiveMax"/> - 1. <paramref name="exclusiveMax"/> must be positive.</summary>
    public int Next(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        return (int)Math.BigMul(NextUInt64(), (ulong)exclusiveMax, out _);
    }

    /// <summary>Uniform over [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary><paramref name="duration"/> lengthened by a share of itself drawn from [0, <paramref name="maxFactor"/>), as <c>wait.Jitter</c> in apimachinery.</summary>
    public TimeSpan Jitter(TimeSpan duration, double maxFactor) => duration + TimeSpan.FromTicks((long)(duration.Ticks * maxFactor * NextDouble()));

    /// <summary>A random (version 4) UUID in its usual text form.</summary>
    public string NextUid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, NextUInt64());
        BitConverter.TryWriteBytes(bytes[8..], NextUInt64());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <summary><paramref name="length"/> characters that spell no words, as <c>rand.String</c> in apimachinery: generated names end in five of them.</summary>
    public string NextSuffix(int length = 5) =>
        string.Create(length, this, static (span, chance) =>
        {
            const string alphabet = "bcdfghjklmnpqrstvwxz2456789";
            for (var i = 0; i < span.Length; i++) span[i] = alphabet[chance.Next(alphabet.Length)];
        });

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static ulong Fnv1A(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }
}
