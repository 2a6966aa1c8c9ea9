using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Lets what follows an <c>await</c> in a test go on as the test actor, so that it stays the sender of what the test tells.</summary>
internal sealed class ActorCellKeepingSynchronizationContext(ActorCell cell) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object state) => ThreadPool.UnsafeQueueUserWorkItem(_ => Run(d, state), null);

    public override void Send(SendOrPostCallback d, object state) => Run(d, state);

    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback callback, object state)
    {
        var outerCell = InternalCurrent.Cell;
        var outerContext = Current;
        InternalCurrent.Cell = cell;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            InternalCurrent.Cell = outerCell;
            SetSynchronizationContext(outerContext);
        }
    }
}
