using Akka.Configuration;

namespace ActorPlane.Simulation;

/// <summary>The overlay that puts an actor system into virtual time; <c>hocon/simulation.conf</c>, carried inside this assembly.</summary>
public static class SimulationConfig
{
    /// <summary>The overlay.</summary>
    public static Config Reference { get; } = Load();

    private static Config Load()
    {
        using var stream = typeof(SimulationConfig).Assembly.GetManifestResourceStream("simulation.conf")
            ?? throw new InvalidOperationException("The assembly lacks its resource simulation.conf.");
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
