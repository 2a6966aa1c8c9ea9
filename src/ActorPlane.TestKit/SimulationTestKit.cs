using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorPlane.TestKit;

/// <summary>
/// Akka's TestKit in virtual time: its probes are actors of the simulation, and waiting for one of them runs it. TestKit's own
/// waits (<c>ExpectMsg</c> with a time) block the thread that the simulation runs on: use <see cref="Expect{T}"/> and
/// <see cref="ExpectNone"/> instead; what takes no time (<c>Reply</c>, <c>LastSender</c>, <c>Watch</c>) is as always.
/// <example><code>
/// var kit = new SimulationTestKit(simulation);
/// var probe = kit.CreateTestProbe();
/// server.Tell(new Ping(), probe.Ref);
/// kit.Expect&lt;Pong&gt;(probe, TimeSpan.FromSeconds(1));
/// </code></example>
/// </summary>
public sealed class SimulationTestKit : TestKitBase, INoImplicitSender
{
    private readonly ActorPlane.Simulation.Simulation _simulation;
    private int _probes;

    /// <summary>For a simulation, which it does not end.</summary>
    public SimulationTestKit(ActorPlane.Simulation.Simulation simulation) : this(simulation, simulation.RunAtOnce())
    {
    }

    // TestKit waits in its constructor until its actor has started.
    private SimulationTestKit(ActorPlane.Simulation.Simulation simulation, IDisposable runsAtOnce)
        : base(new XunitAssertions(), WithDefaults(simulation.System), "test-kit")
    {
        _simulation = simulation;
        runsAtOnce.Dispose();
    }

    /// <inheritdoc />
    /// <remarks>Without a name it is numbered within its simulation, so that the next run has the same names.</remarks>
    public override TestProbe CreateTestProbe(string? name = null)
    {
        using var _ = _simulation.RunAtOnce();
        return base.CreateTestProbe(name ?? $"probe-{++_probes}");
    }

    /// <summary>Runs until the probe has a message, and takes it; fails as TestKit does when there is none within that virtual time, or it is of another type.</summary>
    public T Expect<T>(TestKitBase probe, TimeSpan within)
    {
        _simulation.RunUntil(() => probe.HasMessages, within);
        return probe.ExpectMsg<T>(TimeSpan.Zero);
    }

    /// <summary>Runs for a while of virtual time; fails as TestKit does when the probe gets a message.</summary>
    public void ExpectNone(TestKitBase probe, TimeSpan duration)
    {
        _simulation.RunUntil(() => probe.HasMessages, duration);
        probe.ExpectNoMsg(TimeSpan.Zero);
    }

    // TestKit lays its defaults only under systems that it starts itself.
    private static ActorSystem WithDefaults(ActorSystem system)
    {
        if (!system.Settings.Config.HasPath("akka.test.timefactor")) system.Settings.InjectTopLevelFallback(DefaultConfig);
        return system;
    }
}
