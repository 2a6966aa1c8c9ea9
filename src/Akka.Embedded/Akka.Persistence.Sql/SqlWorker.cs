using System.Data;
using System.Data.Common;
using Akka.Event;
using Akka.Persistence.Sql.Journal;

namespace Akka.Persistence.Sql;

/// <summary>
/// One thread with one connection that does everything that writes, in the order it was asked. While a transaction is under
/// way the journal's writes gather, of whatever actors, and the next transaction takes as many as a batch holds. No actor's
/// thread ever waits for the database.
/// </summary>
internal sealed class SqlWorker : IDisposable
{
    private readonly SqlSettings _settings;
    private readonly string[] _createTables;
    private readonly ILoggingAdapter _log;
    private readonly int _capacity;
    private readonly int _batchSize;
    private readonly string _writerUuid;
    private readonly Thread _thread;
    private readonly Queue<Work> _queue = new();
    private readonly Dictionary<string, Task> _lastWrites = [];
    private readonly List<Write> _batch = [];
    private bool _isClosed;
    private bool _isInitialized;
    private DbConnection? _connection;
    private JournalInserter? _inserter;

    public SqlWorker(SqlSettings settings, IEnumerable<string> createTables, int capacity, int batchSize, string writerUuid, ILoggingAdapter log)
    {
        _settings = settings;
        _createTables = [.. createTables];
        _log = log;
        _capacity = capacity;
        _batchSize = batchSize;
        _writerUuid = writerUuid;
        _thread = new Thread(Loop) { IsBackground = true, Name = settings.Path };
        _thread.Start();
    }

    /// <summary>Does something with the connection, after all that was asked before.</summary>
    public Task<T> Run<T>(Func<DbConnection, T> work)
    {
        var item = new Call<T>(work);
        Enqueue(item);
        return item.Task;
    }

    /// <summary>Waits until the tables exist; fails if they cannot be made.</summary>
    public Task Initialized() => Run(static _ => true);

    /// <summary>Inserts the rows of one persistent actor.</summary>
    public Task<bool> Insert(string persistenceId, JournalRow[] rows)
    {
        var item = new Write(persistenceId, rows);
        Enqueue(item);
        return item.Task;
    }

    /// <summary>Completes, without ever failing, when what was asked to be written of this actor is written or has failed.</summary>
    public Task Written(string persistenceId)
    {
        lock (_queue)
        {
            return _lastWrites.TryGetValue(persistenceId, out var last)
                ? last.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                : Task.CompletedTask;
        }
    }

    /// <summary>Finishes what was asked, then closes the connection.</summary>
    public void Dispose()
    {
        lock (_queue)
        {
            _isClosed = true;
            Monitor.Pulse(_queue);
        }

        _thread.Join(TimeSpan.FromSeconds(5));
    }

    private void Enqueue(Work work)
    {
        lock (_queue)
        {
            if (_isClosed)
            {
                work.Fail(new ObjectDisposedException(_settings.Path));
            }
            else if (_queue.Count >= _capacity)
            {
                work.Fail(new InvalidOperationException(
                    $"{_settings.Path}: {_capacity} writes wait already (buffer-size); the database does not keep up."));
            }
            else
            {
                _queue.Enqueue(work);
                if (work is Write write)
                {
                    _lastWrites[write.PersistenceId] = write.Task;
                }

                if (_queue.Count == 1)
                {
                    Monitor.Pulse(_queue);
                }
            }
        }
    }

    private void Loop()
    {
        while (Take() is { } work)
        {
            if (work is Write)
            {
                WriteBatch();
            }
            else
            {
                Do(work);
            }
        }

        Disconnect();
    }

    /// <summary>The next work, or null at the end. If it is a write, the batch holds it and those behind it.</summary>
    private Work? Take()
    {
        lock (_queue)
        {
            while (_queue.Count == 0)
            {
                if (_isClosed)
                {
                    return null;
                }

                Monitor.Wait(_queue);
            }

            var first = _queue.Dequeue();
            if (first is Write write)
            {
                _batch.Clear();
                _batch.Add(write);
                var rows = write.Rows.Length;
                while (_queue.TryPeek(out var next) && next is Write more && (rows += more.Rows.Length) <= _batchSize)
                {
                    _queue.Dequeue();
                    _batch.Add(more);
                }
            }

            return first;
        }
    }

    private void Do(Work work)
    {
        try
        {
            work.Run(Connection());
        }
        catch (Exception e)
        {
            DisconnectIfBroken();
            work.Fail(e);
        }
    }

    private void WriteBatch()
    {
        var error = Insert(_batch, out var isOutcomeKnown);
        if (error is not null && isOutcomeKnown && _batch.Count > 1)
        {
            // One actor's bad event is not the others' failure: each once more, alone.
            foreach (var write in _batch)
            {
                Finish(write, Insert([write], out _));
            }

            return;
        }

        foreach (var write in _batch)
        {
            Finish(write, error);
        }
    }

    private void Finish(Write write, Exception? error)
    {
        lock (_queue)
        {
            if (_lastWrites.TryGetValue(write.PersistenceId, out var last) && last == write.Task)
            {
                _lastWrites.Remove(write.PersistenceId);
            }
        }

        if (error is null)
        {
            write.Succeed();
        }
        else
        {
            write.Fail(error);
        }
    }

    /// <summary>Writes in one transaction. The outcome is unknown only if the commit itself failed.</summary>
    private Exception? Insert(List<Write> writes, out bool isOutcomeKnown)
    {
        isOutcomeKnown = true;
        try
        {
            var connection = Connection();
            _inserter ??= _settings.Dialect.CreateInserter(connection, (SqlJournalSettings)_settings);
            using var transaction = connection.BeginTransaction(_settings.WriteIsolation);
            _inserter.Insert(transaction, writes.Count == 1 ? writes[0].Rows : Merge(writes), _writerUuid);
            isOutcomeKnown = false;
            transaction.Commit();
            return null;
        }
        catch (Exception e)
        {
            DisconnectIfBroken();
            return e;
        }
    }

    private static JournalRow[] Merge(List<Write> writes)
    {
        var rows = new JournalRow[writes.Sum(w => w.Rows.Length)];
        var next = 0;
        foreach (var write in writes)
        {
            write.Rows.CopyTo(rows, next);
            next += write.Rows.Length;
        }

        return rows;
    }

    private DbConnection Connection()
    {
        _connection ??= _settings.Dialect.Open();
        if (!_isInitialized)
        {
            Initialize(_connection);
            _isInitialized = true;
        }

        return _connection;
    }

    private void Initialize(DbConnection connection)
    {
        if (!_settings.AutoInitialize)
        {
            return;
        }

        try
        {
            foreach (var sql in _createTables)
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }
        }
        catch (Exception e) when (_settings.WarnOnAutoInitFail)
        {
            _log.Warning(e, "{0}: the tables could not be made", _settings.Path);
            throw;
        }
        catch (Exception e)
        {
            _log.Error(e, "{0}: the tables could not be made", _settings.Path);
            throw;
        }
    }

    private void DisconnectIfBroken()
    {
        if (_connection is { State: not ConnectionState.Open })
        {
            Disconnect();
        }
    }

    private void Disconnect()
    {
        _inserter?.Dispose();
        _inserter = null;
        _connection?.Dispose();
        _connection = null;
    }

    private abstract class Work
    {
        public abstract void Run(DbConnection connection);

        public abstract void Fail(Exception error);
    }

    private abstract class Work<T> : Work
    {
        // Continuations run on the worker's thread: they pass messages to actors, or decode a snapshot.
        private readonly TaskCompletionSource<T> _done = new();

        public Task<T> Task => _done.Task;

        public override void Fail(Exception error) => _done.TrySetException(error);

        protected void Succeed(T result) => _done.TrySetResult(result);
    }

    private sealed class Call<T>(Func<DbConnection, T> work) : Work<T>
    {
        public override void Run(DbConnection connection) => Succeed(work(connection));
    }

    private sealed class Write(string persistenceId, JournalRow[] rows) : Work<bool>
    {
        public string PersistenceId { get; } = persistenceId;
        public JournalRow[] Rows { get; } = rows;

        public override void Run(DbConnection connection) => throw new NotSupportedException();

        public void Succeed() => Succeed(true);
    }
}
