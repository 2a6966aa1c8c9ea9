#nullable disable
namespace Akka.Embedded;

/// <summary>One stream of random numbers per actor system: the same seed, the same numbers.</summary>
internal sealed class SeededRandom(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    /// <summary>At least 0.0 and less than 1.0.</summary>
    public double NextDouble()
    {
        lock (_lock)
            return _random.NextDouble();
    }
}
