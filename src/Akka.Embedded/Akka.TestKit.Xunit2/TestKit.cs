using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>The base of tests with xunit 2. The actor system ends when the test is disposed.</summary>
public class TestKit : TestKitBase, IDisposable
{
    /// <summary>Where xunit wants the output of the test, if it was given.</summary>
    protected readonly ITestOutputHelper Output;

    private bool _isDisposed;

    /// <param name="system">An actor system to use; one is made if there is none.</param>
    /// <param name="output">Where xunit wants the output of the test.</param>
    public TestKit(ActorSystem system = null, ITestOutputHelper output = null) : base(Assertions, system)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <param name="config">The setup of the actor system that is made.</param>
    /// <param name="actorSystemName">Its name, <c>test</c> if not given.</param>
    /// <param name="output">Where xunit wants the output of the test.</param>
    public TestKit(ActorSystemSetup config, string actorSystemName = null, ITestOutputHelper output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <param name="config">The configuration of the actor system that is made.</param>
    /// <param name="actorSystemName">Its name, <c>test</c> if not given.</param>
    /// <param name="output">Where xunit wants the output of the test.</param>
    public TestKit(Config config, string actorSystemName = null, ITestOutputHelper output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <param name="config">The configuration, as text, of the actor system that is made.</param>
    /// <param name="output">Where xunit wants the output of the test.</param>
    public TestKit(string config, ITestOutputHelper output = null) : base(Assertions, ConfigurationFactory.ParseString(config))
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>What every test kit falls back to.</summary>
    public static new Config DefaultConfig => TestKitBase.DefaultConfig;

    /// <summary>A configuration that logs as much as there is.</summary>
    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;

    /// <summary>The assertions of xunit.</summary>
    protected static XunitAssertions Assertions { get; } = new();

    /// <summary>Ends the test.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs before the actor system ends.</summary>
    protected virtual void AfterAll()
    {
    }

    /// <summary>Lets an actor system log into the output of the test.</summary>
    protected void InitializeLogger(ActorSystem system) => StartLogger(system, Output, "log-test");

    /// <summary>Lets an actor system log into the output of the test, each line with a prefix.</summary>
    protected void InitializeLogger(ActorSystem system, string prefix) =>
        StartLogger(system, Output == null ? null : new PrefixedOutput(Output, prefix), string.IsNullOrEmpty(prefix) ? "log-test" : "log-test-" + prefix);

    /// <summary>Ends the test.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (_isDisposed || !disposing)
            return;
        _isDisposed = true;
        try
        {
            AfterAll();
        }
        finally
        {
            Shutdown();
        }
    }

    private static void StartLogger(ActorSystem system, ITestOutputHelper output, string name)
    {
        if (output == null)
            return;
        var logger = ((ExtendedActorSystem)system).SystemActorOf(Props.Create(() => new TestOutputLogger(output)), name);
        // The test goes on at once: a logger that comes a moment later only misses what is logged before.
        logger.Tell(new InitializeLogger(system.EventStream), ActorRefs.NoSender);
    }

    private sealed class PrefixedOutput(ITestOutputHelper output, string prefix) : ITestOutputHelper
    {
        public void WriteLine(string message) => output.WriteLine(prefix + message);

        public void WriteLine(string format, params object[] args) => output.WriteLine(prefix + format, args);
    }
}
