#nullable disable
namespace Akka.Dispatch.SysMsg;

/// <summary>A piece of an async handler, to be run inside its actor.</summary>
public sealed class ActorTask : SystemMessage
{
    public ActorTask(Task task) => Task = task;

    public Task Task { get; }
}
