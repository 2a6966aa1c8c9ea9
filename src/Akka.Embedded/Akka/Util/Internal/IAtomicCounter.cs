#nullable disable
namespace Akka.Util.Internal;

/// <summary>A number that threads count up together.</summary>
public interface IAtomicCounter<T>
{
    T Current { get; }

    T Next();

    T GetAndIncrement();

    T IncrementAndGet();

    T AddAndGet(T amount);

    T GetAndAdd(T amount);

    void Reset();
}
