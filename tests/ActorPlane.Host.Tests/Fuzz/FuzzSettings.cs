using System.Globalization;

namespace ActorPlane.Host.Tests.Fuzz;

/// <summary>What the environment says of the fuzz tests.</summary>
internal static class FuzzSettings
{
    /// <summary>Which requests and objects are drawn: the same at each run, so that the same code gets the same verdict, unless ACTORPLANE_FUZZ_SEED says which.</summary>
    public static int Seed { get; } = Number("ACTORPLANE_FUZZ_SEED", 7);

    /// <summary>For how long requests are sent.</summary>
    public static TimeSpan Time { get; } = TimeSpan.FromSeconds(Number("ACTORPLANE_FUZZ_SECONDS", 10));

    /// <summary>How many objects of each kind are drawn.</summary>
    public static int Objects { get; } = Number("ACTORPLANE_FUZZ_OBJECTS", 100);

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
