#nullable disable
namespace Akka.Util.Internal;

/// <summary>An <see cref="IAtomicCounter{T}"/> of integers.</summary>
public class AtomicCounter : IAtomicCounter<int>
{
    private int _value;

    public AtomicCounter()
        : this(0)
    {
    }

    public AtomicCounter(int initialValue) => _value = initialValue;

    public int Current => Volatile.Read(ref _value);

    public int Next() => IncrementAndGet();

    public int GetAndIncrement() => GetAndAdd(1);

    public int IncrementAndGet() => AddAndGet(1);

    public int Decrement() => DecrementAndGet();

    public int DecrementAndGet() => AddAndGet(-1);

    public int GetAndDecrement() => GetAndAdd(-1);

    public int AddAndGet(int amount) => Interlocked.Add(ref _value, amount);

    public int GetAndAdd(int amount) => Interlocked.Add(ref _value, amount) - amount;

    public int GetAndSet(int value) => Interlocked.Exchange(ref _value, value);

    public bool CompareAndSet(int expected, int newValue) =>
        Interlocked.CompareExchange(ref _value, newValue, expected) == expected;

    public void Reset() => GetAndSet(0);
}
