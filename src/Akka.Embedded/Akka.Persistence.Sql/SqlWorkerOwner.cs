using Akka.Actor;

namespace Akka.Persistence.Sql;

/// <summary>A child that ends a worker when its parent stops or restarts: the real snapshot store has no PostStop, so ours has none.</summary>
internal sealed class SqlWorkerOwner(SqlWorker worker) : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);

    protected override void PostStop() => worker.Dispose();
}
