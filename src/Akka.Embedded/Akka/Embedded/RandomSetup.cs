#nullable disable
using Akka.Actor.Setup;

namespace Akka.Embedded;

/// <summary>Seeds the runtime's random choices; without it, every system makes the same ones.</summary>
internal sealed class RandomSetup(int seed) : Setup
{
    public const int DefaultSeed = 20240917;

    public int Seed => seed;
}
