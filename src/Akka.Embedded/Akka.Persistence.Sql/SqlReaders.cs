using System.Collections.Concurrent;
using System.Data.Common;

namespace Akka.Persistence.Sql;

/// <summary>A few connections that read, each for one reader at a time, on threads of the pool.</summary>
internal sealed class SqlReaders(SqlDialect dialect, int parallelism) : IDisposable
{
    private readonly SemaphoreSlim _free = new(parallelism);
    private readonly ConcurrentBag<DbConnection> _connections = [];
    private volatile bool _isClosed;

    public async Task<T> Read<T>(Func<DbConnection, T> read)
    {
        await _free.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Use(read)).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        while (_connections.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    private T Use<T>(Func<DbConnection, T> read)
    {
        var connection = _connections.TryTake(out var idle) ? idle : dialect.Open();
        try
        {
            var result = read(connection);
            if (_isClosed)
            {
                connection.Dispose();
            }
            else
            {
                _connections.Add(connection);
            }

            return result;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
