using System.Collections.Immutable;
using System.Data.Common;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Sql.Journal;

/// <summary>
/// A journal in SQLite or PostgreSQL, in the tables of Akka.Persistence.Sql 1.5. Events are durable when their handlers run;
/// those of actors that wait at the same time share a transaction.
/// </summary>
#pragma warning disable CA1001 // An actor is not disposed: PostStop closes the connections.
public class SqlWriteJournal : AsyncWriteJournal, IWithUnboundedStash
#pragma warning restore CA1001
{
    private readonly SqlJournalSettings _settings;
    private readonly PayloadCodec _codec;
    private readonly IScheduler _clock = Context.System.Scheduler;
    private readonly SqlJournalQueries _queries;
    private SqlWorker? _writer;
    private SqlReaders? _readers;
    private Task? _initialized;

    /// <exception cref="ConfigurationException">A key is missing, unknown, wrong or not offered.</exception>
    public SqlWriteJournal(Config journalConfig)
    {
        var config = journalConfig.WithFallback(SqlPersistence.DefaultJournalConfiguration);
        _settings = new SqlJournalSettings(config, Self.Path.Name, Context.GetLogger());
        _codec = new PayloadCodec((ExtendedActorSystem)Context.System, _settings.DefaultSerializer);
        _queries = new SqlJournalQueries(_settings);
    }

    public IStash Stash { get; set; } = null!;

    protected override void PreStart()
    {
        base.PreStart();
        var extension = Persistence.Instance.Apply(Context.System);
        var uuid = extension.WriterGuid(Self.Path.Name, _clock.Now.UtcTicks, extension.NextInstanceId());
        _writer = new SqlWorker(_settings, _settings.Dialect.CreateJournal(_settings), _settings.BufferSize, _settings.BatchSize, uuid, Context.GetLogger());
        _readers = new SqlReaders(_settings.Dialect, _settings.Parallelism);
        _initialized = _writer.Initialized();
    }

    protected override void PostStop()
    {
        _writer?.Dispose();
        _readers?.Dispose();
        base.PostStop();
    }

    public override async Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        var rows = new List<ReplayRow>();
        while (max > 0 && fromSequenceNr <= toSequenceNr)
        {
            var limit = (int)Math.Min(max, _settings.ReplayBatchSize);
            var from = fromSequenceNr;
            rows.Clear();
            await _readers!.Read(c => _queries.ReadEvents(c, persistenceId, from, toSequenceNr, limit, rows)).ConfigureAwait(false);
            foreach (var row in rows)
            {
                recoveryCallback(new Persistent(
                    _codec.Decode(row.Message, row.Identifier, row.Manifest),
                    row.SequenceNumber,
                    persistenceId,
                    row.Manifest,
                    row.Deleted,
                    ActorRefs.NoSender,
                    row.WriterUuid,
                    row.Created));
            }

            if (rows.Count < limit)
            {
                return;
            }

            fromSequenceNr = rows[^1].SequenceNumber + 1;
            max -= rows.Count;
        }
    }

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr)
    {
        if (_initialized!.IsFaulted)
        {
            _initialized = _writer!.Initialized();
        }

        // A restarted actor may ask while its former self's events are still being written: their numbers are taken.
        var written = _writer!.Written(persistenceId);
        await _initialized.ConfigureAwait(false);
        await written.ConfigureAwait(false);
        return await _readers!.Read(c => _queries.HighestSequenceNr(c, persistenceId, fromSequenceNr)).ConfigureAwait(false);
    }

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var now = _clock.Now.UtcTicks;
        var rows = new List<JournalRow>();
        Exception?[]? rejections = null;
        var writes = messages as IReadOnlyList<AtomicWrite> ?? [.. messages];
        for (var i = 0; i < writes.Count; i++)
        {
            var before = rows.Count;
            try
            {
                foreach (var e in writes[i].Events)
                {
                    rows.Add(Row(e, now));
                }
            }
            catch (Exception e)
            {
                rows.RemoveRange(before, rows.Count - before);
                rejections ??= new Exception?[writes.Count];
                rejections[i] = e;
            }
        }

        if (rows.Count > 0)
        {
            await _writer!.Insert(rows[0].PersistenceId, [.. rows]).ConfigureAwait(false);
        }

        return rejections is null ? null! : ImmutableArray.Create(rejections)!;
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) =>
        _writer!.Run(c => _queries.Delete(c, persistenceId, toSequenceNr));

    private JournalRow Row(IPersistentRepresentation persistent, long now)
    {
        var payload = persistent.Payload;
        IReadOnlyCollection<string> tags = [];
        if (payload is Tagged tagged)
        {
            payload = tagged.Payload;
            tags = tagged.Tags;
        }

        var (bytes, id, manifest) = _codec.Encode(payload);
        return new JournalRow(
            persistent.PersistenceId,
            persistent.SequenceNr,
            persistent.Timestamp == 0 ? now : persistent.Timestamp,
            bytes,
            id,
            manifest,
            tags);
    }
}
