using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace ActorPlane.Tests.Etcd;

/// <summary>An in-memory journal whose writes a test holds back, lets pass, or makes fail. One gate for each actor system, found by its name.</summary>
public sealed class GatedJournal : MemoryJournal
{
    private readonly Gate _gate = GateOf(Context.System.Name);

    public static Gate GateOf(string system) => Gate.All.GetOrAdd(system, static _ => new Gate());

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var writes = messages.ToList();
        await _gate.PassAsync();
        return await base.WriteMessagesAsync(writes);
    }

    public sealed class Gate : IDisposable
    {
        internal static readonly ConcurrentDictionary<string, Gate> All = new();
        private readonly SemaphoreSlim _passes = new(0);
        private volatile bool _isClosed;
        private volatile Exception? _failure;
        private int _arrived;

        /// <summary>How many writes came to the gate so far.</summary>
        public int Arrived => Volatile.Read(ref _arrived);

        /// <summary>From now on each write waits for <see cref="LetOnePass"/>.</summary>
        public void Close() => _isClosed = true;

        public void LetOnePass() => _passes.Release();

        public void Dispose() => _passes.Dispose();

        public void Open()
        {
            _isClosed = false;
            _passes.Release(1000);
        }

        /// <summary>The next writes fail until this is called with null.</summary>
        public void Fail(Exception? failure) => _failure = failure;

        internal async Task PassAsync()
        {
            Interlocked.Increment(ref _arrived);
            if (_isClosed) await _passes.WaitAsync();
            if (_failure is { } failure) throw failure;
        }
    }
}
