using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Akka.Persistence.Sql.Journal;

/// <summary>
/// Inserts through SQLite's own interface: binding by position instead of by name, and without boxing, costs a fraction of
/// what a DbCommand does.
/// </summary>
internal sealed class SqliteJournalInserter : JournalInserter
{
    private readonly SqlJournalSettings _settings;
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt? _insertTag;
    private readonly Dictionary<string, byte[]> _utf8 = [];
    private byte[] _buffer = new byte[256];

    public SqliteJournalInserter(SqliteConnection connection, SqlJournalSettings settings)
    {
        var s = _settings = settings;
        _db = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        List<string> columns = [s.Created, s.Deleted, s.PersistenceId, s.SequenceNumber, s.Message, s.Manifest, s.Identifier];
        if (s.HasWriterUuid)
        {
            columns.Add(s.WriterUuid);
        }

        if (s.HasTagColumn)
        {
            columns.Add(s.TagsColumn);
        }

        _insert = Prepare($"INSERT INTO {s.Journal} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})");
        _insertTag = s.HasTagTable
            ? Prepare($"INSERT INTO {s.Tags} ({s.TagOrderingId}, {s.TagValue}, {s.TagSequenceNr}, {s.TagPersistenceId}) VALUES (?, ?, ?, ?)")
            : null;
    }

    public override void Insert(DbTransaction transaction, ReadOnlySpan<JournalRow> rows, string writerUuid)
    {
        foreach (var row in rows)
        {
            raw.sqlite3_bind_int64(_insert, 1, row.Created);
            raw.sqlite3_bind_int(_insert, 2, 0);
            BindText(_insert, 3, row.PersistenceId);
            raw.sqlite3_bind_int64(_insert, 4, row.SequenceNumber);
            raw.sqlite3_bind_blob(_insert, 5, row.Message);
            BindRecurring(_insert, 6, row.Manifest);
            raw.sqlite3_bind_int(_insert, 7, row.Identifier);
            var next = 8;
            if (_settings.HasWriterUuid)
            {
                BindRecurring(_insert, next++, writerUuid);
            }

            if (_settings.HasTagColumn)
            {
                BindText(_insert, next, Join(row.Tags, _settings.TagSeparator));
            }

            Step(_insert);
            if (_insertTag is not null && row.Tags.Count > 0)
            {
                InsertTags(row, raw.sqlite3_last_insert_rowid(_db));
            }
        }
    }

    public override void Dispose()
    {
        raw.sqlite3_finalize(_insert);
        if (_insertTag is not null)
        {
            raw.sqlite3_finalize(_insertTag);
        }
    }

    private void InsertTags(JournalRow row, long ordering)
    {
        foreach (var tag in row.Tags)
        {
            raw.sqlite3_bind_int64(_insertTag, 1, ordering);
            BindText(_insertTag!, 2, tag);
            raw.sqlite3_bind_int64(_insertTag, 3, row.SequenceNumber);
            BindText(_insertTag!, 4, row.PersistenceId);
            Step(_insertTag!);
        }
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return statement;
    }

    private void Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(statement);
            return;
        }

        var message = raw.sqlite3_errmsg(_db).utf8_to_string();
        var extended = raw.sqlite3_extended_errcode(_db);
        raw.sqlite3_reset(statement);
        throw new SqliteException($"SQLite Error {result}: '{message}'.", result, extended);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteException($"SQLite Error {result}: '{raw.sqlite3_errmsg(_db).utf8_to_string()}'.", result);
        }
    }

    private void BindText(sqlite3_stmt statement, int index, string text)
    {
        var max = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_buffer.Length < max)
        {
            _buffer = new byte[max];
        }

        var length = Encoding.UTF8.GetBytes(text, _buffer);
        raw.sqlite3_bind_text(statement, index, _buffer.AsSpan(0, length));
    }

    /// <summary>Manifests and writer ids are few: each is encoded once.</summary>
    private void BindRecurring(sqlite3_stmt statement, int index, string text)
    {
        if (!_utf8.TryGetValue(text, out var bytes))
        {
            if (_utf8.Count >= 1000)
            {
                _utf8.Clear();
            }

            _utf8[text] = bytes = Encoding.UTF8.GetBytes(text);
        }

        raw.sqlite3_bind_text(statement, index, bytes);
    }
}
