using System.Collections.Concurrent;
using Akka.Dispatch;

namespace ActorPlane.Simulation;

/// <summary>
/// What is ready to run in a simulation: mailboxes with messages, and continuations. One thread at a time, the pump's,
/// takes from it. Work that other threads bring in (a reply of a database, a request from outside) waits aside until
/// the pump fetches it, so that it costs the pump no lock. Each operation is O(1).
/// </summary>
internal sealed class RunQueue(RunOrder order, Chance chance)
{
    private const int InitialCapacity = 256;
    private const int MaxSpins = 2000;

    private readonly ConcurrentQueue<IRunnable> _foreign = new();
    private IRunnable?[] _ring = new IRunnable?[InitialCapacity];
    private int _head;
    private int _count;
    private int _ownerThread;
    private Action? _runAtOnce;
    private int _runAtOnceThread;
    private volatile bool _otherThreadsTakePart;

    /// <summary>How many are ready.</summary>
    public int Count
    {
        get
        {
            FetchForeign();
            return _count;
        }
    }

    /// <summary>The calling thread is the pump from now on, until <see cref="Release"/>.</summary>
    public void Own()
    {
        var current = Environment.CurrentManagedThreadId;
        var previous = Interlocked.CompareExchange(ref _ownerThread, current, 0);
        if (previous != 0) throw new InvalidOperationException("The simulation is being run already: a run must not be started from within one, or on two threads.");
        FetchForeign();
    }

    /// <summary>Ends <see cref="Own"/>.</summary>
    public void Release() => Volatile.Write(ref _ownerThread, 0);

    /// <summary>Whether other threads brought in work that waits to be fetched.</summary>
    public bool HasForeign => !_foreign.IsEmpty;

    /// <summary>From now on, work that the calling thread brings in between runs calls <paramref name="run"/>; null ends that.</summary>
    public void RunAtOnce(Action? run) => (_runAtOnce, _runAtOnceThread) = (run, Environment.CurrentManagedThreadId);

    /// <summary>Adds work; may be called from any thread.</summary>
    public void Enqueue(IRunnable work)
    {
        var owner = Volatile.Read(ref _ownerThread);
        if (owner == Environment.CurrentManagedThreadId)
        {
            Add(work);
            return;
        }

        // Between runs the owner's thread brings work in too: only what comes in the midst of one is another thread's.
        if (owner != 0) _otherThreadsTakePart = true;
        _foreign.Enqueue(work);
        if (owner == 0 && _runAtOnce is { } run && _runAtOnceThread == Environment.CurrentManagedThreadId) run();
    }

    /// <summary>Takes the next to run, by the run's order. False when nothing is ready.</summary>
    public bool TryTake(out IRunnable work)
    {
        if (!_foreign.IsEmpty) FetchForeign();
        if (_count == 0)
        {
            work = null!;
            return false;
        }

        if (order == RunOrder.Seeded && _count > 1)
        {
            // The one drawn changes places with the first: the order of the others does not matter, as it is drawn again.
            var drawn = (_head + chance.Next(_count)) & (_ring.Length - 1);
            (_ring[_head], _ring[drawn]) = (_ring[drawn], _ring[_head]);
        }

        work = _ring[_head]!;
        _ring[_head] = null;
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        return true;
    }

    /// <summary>
    /// True when other threads brought in work, for which it waits a moment if they ever did: under the real Akka
    /// packages, journals answer from the thread pool, and time must not move while such an answer is on its way.
    /// Under the embedded runtime no other thread takes part, and this returns at once.
    /// </summary>
    public bool AwaitForeign()
    {
        if (!_otherThreadsTakePart) return !_foreign.IsEmpty;
        var spin = default(SpinWait);
        for (var i = 0; i < MaxSpins && _foreign.IsEmpty; i++) spin.SpinOnce(sleep1Threshold: -1);
        return !_foreign.IsEmpty;
    }

    private void FetchForeign()
    {
        while (_foreign.TryDequeue(out var work)) Add(work);
    }

    private void Add(IRunnable work)
    {
        if (_count == _ring.Length) Grow();
        _ring[(_head + _count) & (_ring.Length - 1)] = work;
        _count++;
    }

    private void Grow()
    {
        var larger = new IRunnable?[_ring.Length * 2];
        for (var i = 0; i < _count; i++) larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        (_ring, _head) = (larger, 0);
    }
}
