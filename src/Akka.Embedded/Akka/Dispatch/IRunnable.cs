#nullable disable
namespace Akka.Dispatch;

/// <summary>A unit of work for a dispatcher.</summary>
public interface IRunnable : IThreadPoolWorkItem
{
    void Run();
}
