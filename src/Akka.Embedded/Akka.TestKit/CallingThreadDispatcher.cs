using Akka.Actor;
using Akka.Dispatch;

namespace Akka.TestKit;

/// <summary>Runs an actor on the thread of whoever sends to it, before the sender goes on.</summary>
public class CallingThreadDispatcher : MessageDispatcher
{
    /// <summary>The name for <c>Props.WithDispatcher</c>.</summary>
    public static new string Id = "akka.test.calling-thread-dispatcher";

    /// <param name="configurator">Who makes it.</param>
    public CallingThreadDispatcher(MessageDispatcherConfigurator configurator) : base(configurator) => Throughput = int.MaxValue;

    /// <inheritdoc />
    protected override void ExecuteTask(IRunnable run)
    {
        // The sender may itself be an actor, or a test: afterwards it goes on as such.
        var outer = InternalCurrent.Cell;
        try
        {
            run.Run();
        }
        finally
        {
            InternalCurrent.Cell = outer;
        }
    }

    /// <inheritdoc />
    protected override void Shutdown()
    {
    }
}
