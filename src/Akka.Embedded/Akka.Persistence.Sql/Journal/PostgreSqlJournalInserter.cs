using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Akka.Persistence.Sql.Journal;

/// <summary>Inserts many rows with one statement, whose parameters are one array for each column.</summary>
internal sealed class PostgreSqlJournalInserter : JournalInserter
{
    private readonly SqlJournalSettings _settings;
    private readonly NpgsqlCommand _insert;
    private readonly NpgsqlCommand? _insertTags;

    public PostgreSqlJournalInserter(NpgsqlConnection connection, SqlJournalSettings settings)
    {
        var s = _settings = settings;
        List<(string Column, string Type, NpgsqlDbType DbType)> columns =
        [
            (s.Created, "bigint", NpgsqlDbType.Bigint),
            (s.PersistenceId, "varchar", NpgsqlDbType.Varchar),
            (s.SequenceNumber, "bigint", NpgsqlDbType.Bigint),
            (s.Message, "bytea", NpgsqlDbType.Bytea),
            (s.Manifest, "varchar", NpgsqlDbType.Varchar),
            (s.Identifier, "int", NpgsqlDbType.Integer),
        ];
        if (s.HasWriterUuid)
        {
            columns.Add((s.WriterUuid, "varchar", NpgsqlDbType.Varchar));
        }

        if (s.HasTagColumn)
        {
            columns.Add((s.TagsColumn, "varchar", NpgsqlDbType.Varchar));
        }

        var names = string.Join(", ", columns.Select(c => c.Column));
        var arrays = string.Join(", ", columns.Select((c, i) => $"${i + 1}::{c.Type}[]"));
        _insert = Command(
            connection,
            $"INSERT INTO {s.Journal} ({names}, {s.Deleted}) SELECT u.*, false FROM unnest({arrays}) AS u RETURNING {s.Ordering}, {s.PersistenceId}, {s.SequenceNumber}",
            columns.Select(c => c.DbType));
        _insertTags = s.HasTagTable
            ? Command(
                connection,
                $"INSERT INTO {s.Tags} ({s.TagOrderingId}, {s.TagValue}, {s.TagSequenceNr}, {s.TagPersistenceId}) SELECT * FROM unnest($1::bigint[], $2::varchar[], $3::bigint[], $4::varchar[])",
                [NpgsqlDbType.Bigint, NpgsqlDbType.Varchar, NpgsqlDbType.Bigint, NpgsqlDbType.Varchar])
            : null;
    }

    public override void Insert(DbTransaction transaction, ReadOnlySpan<JournalRow> rows, string writerUuid)
    {
        while (rows.Length > 0)
        {
            var length = Math.Min(rows.Length, _settings.RoundTripBatchSize);
            InsertAtOnce(rows[..length].ToArray(), writerUuid);
            rows = rows[length..];
        }
    }

    public override void Dispose()
    {
        _insert.Dispose();
        _insertTags?.Dispose();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, IEnumerable<NpgsqlDbType> types)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var type in types)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
        }

        return command;
    }

    private void InsertAtOnce(JournalRow[] rows, string writerUuid)
    {
        object[] values =
        [
            Array.ConvertAll(rows, r => r.Created),
            Array.ConvertAll(rows, r => r.PersistenceId),
            Array.ConvertAll(rows, r => r.SequenceNumber),
            Array.ConvertAll(rows, r => r.Message),
            Array.ConvertAll(rows, r => r.Manifest),
            Array.ConvertAll(rows, r => r.Identifier),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            _insert.Parameters[i].Value = values[i];
        }

        var next = values.Length;
        if (_settings.HasWriterUuid)
        {
            _insert.Parameters[next++].Value = Array.ConvertAll(rows, _ => writerUuid);
        }

        if (_settings.HasTagColumn)
        {
            _insert.Parameters[next].Value = Array.ConvertAll(rows, r => Join(r.Tags, _settings.TagSeparator));
        }

        Prepare(_insert);
        if (_insertTags is null || Array.TrueForAll(rows, r => r.Tags.Count == 0))
        {
            _insert.ExecuteNonQuery();
        }
        else
        {
            InsertTags(rows, ReadOrderings());
        }
    }

    private Dictionary<(string PersistenceId, long SequenceNumber), long> ReadOrderings()
    {
        var orderings = new Dictionary<(string, long), long>();
        using var reader = _insert.ExecuteReader();
        while (reader.Read())
        {
            orderings[(reader.GetString(1), reader.GetInt64(2))] = reader.GetInt64(0);
        }

        return orderings;
    }

    private void InsertTags(JournalRow[] rows, Dictionary<(string PersistenceId, long SequenceNumber), long> orderings)
    {
        var tags = rows.SelectMany(r => r.Tags, (Row, Tag) => (Row, Tag)).ToArray();
        _insertTags!.Parameters[0].Value = Array.ConvertAll(tags, t => orderings[(t.Row.PersistenceId, t.Row.SequenceNumber)]);
        _insertTags.Parameters[1].Value = Array.ConvertAll(tags, t => t.Tag);
        _insertTags.Parameters[2].Value = Array.ConvertAll(tags, t => t.Row.SequenceNumber);
        _insertTags.Parameters[3].Value = Array.ConvertAll(tags, t => t.Row.PersistenceId);
        Prepare(_insertTags);
        _insertTags.ExecuteNonQuery();
    }

    private static void Prepare(NpgsqlCommand command)
    {
        if (!command.IsPrepared)
        {
            command.Prepare();
        }
    }
}
