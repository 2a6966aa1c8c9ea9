using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Logs into the output of a test.</summary>
public class TestOutputLogger : ReceiveActor
{
    /// <param name="output">Where xunit wants the output of the test.</param>
    public TestOutputLogger(ITestOutputHelper output)
    {
        Receive<InitializeLogger>(initialize =>
        {
            foreach (var level in (Type[])[typeof(Debug), typeof(Info), typeof(Warning), typeof(Error)])
                initialize.LoggingBus.Subscribe(Self, level);
            Sender.Tell(new LoggerInitialized());
        });
        Receive<LogEvent>(logEvent =>
        {
            try
            {
                output.WriteLine(logEvent.ToString());
            }
            catch (FormatException mismatch) when (logEvent.Message is LogMessage message)
            {
                output.WriteLine($"A log message of {logEvent.LogSource} could not be formatted: \"{message.Format}\" with [{message.Unformatted()}]: {mismatch.Message}");
            }
            catch (InvalidOperationException)
            {
                // The test has ended and takes no output any more.
            }
        });
    }
}
