using Akka.Configuration;
using Akka.Event;

namespace Akka.Persistence.Sql.Journal;

/// <summary>Where the tags of an event go.</summary>
internal enum TagWriteMode
{
    Csv,
    TagTable,
    Both,
}

/// <summary>The section of a SQL journal. Column names are quoted.</summary>
internal sealed class SqlJournalSettings : SqlSettings
{
    private static readonly string[] OwnKeys =
    [
        "delete-compatibility-mode", "buffer-size", "batch-size", "db-round-trip-max-batch-size", "replay-batch-size",
        "parallelism", "tag-write-mode", "tag-separator", "max-message-batch-size", "recovery-event-timeout", "replay-filter",
        "db-round-trip-max-tag-batch-size", "prefer-parameters-on-multirow-insert", "max-row-by-row-size", "materializer-dispatcher",
    ];

    private static readonly string[] KeysWithoutEffect =
    [
        "db-round-trip-max-tag-batch-size", "prefer-parameters-on-multirow-insert", "max-row-by-row-size",
        "use-clone-connection", "materializer-dispatcher",
    ];

    public SqlJournalSettings(Config config, string path, ILoggingAdapter log)
        : base(config, SqlPersistence.DefaultJournalConfiguration, path, OwnKeys, KeysWithoutEffect, log)
    {
        DeleteCompatibilityMode = config.GetBoolean("delete-compatibility-mode");
        BufferSize = Positive("buffer-size");
        BatchSize = Positive("batch-size");
        RoundTripBatchSize = Positive("db-round-trip-max-batch-size");
        ReplayBatchSize = Positive("replay-batch-size");
        Parallelism = Positive("parallelism");
        TagMode = Enum.TryParse<TagWriteMode>(config.GetString("tag-write-mode"), ignoreCase: true, out var mode)
            ? mode
            : throw Error("tag-write-mode", "is none of TagTable, Csv, Both");
        TagSeparator = Required("tag-separator");
        HasWriterUuid = config.GetBoolean("default.journal.use-writer-uuid-column", true);

        JournalName = Required("default.journal.table-name");
        TagName = Required("default.tag.table-name");
        Journal = Table(JournalName);
        Metadata = Table(Required("default.metadata.table-name"));
        Tags = Table(TagName);
        var column = Names(
            "default.journal.columns",
            "ordering", "deleted", "persistence-id", "sequence-number", "created", "tags", "message", "identifier", "manifest", "writer-uuid");
        Ordering = Dialect.Quote(column("ordering"));
        Deleted = Dialect.Quote(column("deleted"));
        PersistenceId = Dialect.Quote(column("persistence-id"));
        SequenceNumber = Dialect.Quote(column("sequence-number"));
        Created = Dialect.Quote(column("created"));
        TagsColumn = Dialect.Quote(column("tags"));
        Message = Dialect.Quote(column("message"));
        Identifier = Dialect.Quote(column("identifier"));
        Manifest = Dialect.Quote(column("manifest"));
        WriterUuid = Dialect.Quote(column("writer-uuid"));
        CreatedIndex = $"{JournalName}_{column("created")}_idx";
        SequenceNumberIndex = $"{JournalName}_{column("sequence-number")}_idx";

        column = Names("default.metadata.columns", "persistence-id", "sequence-number");
        MetadataPersistenceId = Dialect.Quote(column("persistence-id"));
        MetadataSequenceNumber = Dialect.Quote(column("sequence-number"));

        column = Names("default.tag.columns", "ordering-id", "tag-value", "persistence-id", "sequence-nr");
        TagOrderingId = Dialect.Quote(column("ordering-id"));
        TagValue = Dialect.Quote(column("tag-value"));
        TagPersistenceId = Dialect.Quote(column("persistence-id"));
        TagSequenceNr = Dialect.Quote(column("sequence-nr"));
        TagPersistenceIdIndex = $"{TagName}_{column("persistence-id")}_{column("sequence-nr")}_idx";
        TagValueIndex = $"{TagName}_{column("tag-value")}_idx";
    }

    public bool DeleteCompatibilityMode { get; }
    public int BufferSize { get; }
    public int BatchSize { get; }
    public int RoundTripBatchSize { get; }
    public int ReplayBatchSize { get; }
    public int Parallelism { get; }
    public TagWriteMode TagMode { get; }
    public string TagSeparator { get; }
    public bool HasWriterUuid { get; }

    public bool HasTagTable => TagMode != TagWriteMode.Csv;

    public bool HasTagColumn => TagMode != TagWriteMode.TagTable;

    /// <summary>The journal table's bare name; <see cref="Journal"/> is the quoted one.</summary>
    public string JournalName { get; }
    public string TagName { get; }
    public string Journal { get; }
    public string Metadata { get; }
    public string Tags { get; }
    public string Ordering { get; }
    public string Deleted { get; }
    public string PersistenceId { get; }
    public string SequenceNumber { get; }
    public string Created { get; }
    public string TagsColumn { get; }
    public string Message { get; }
    public string Identifier { get; }
    public string Manifest { get; }
    public string WriterUuid { get; }
    public string CreatedIndex { get; }
    public string SequenceNumberIndex { get; }
    public string MetadataPersistenceId { get; }
    public string MetadataSequenceNumber { get; }
    public string TagOrderingId { get; }
    public string TagValue { get; }
    public string TagPersistenceId { get; }
    public string TagSequenceNr { get; }
    public string TagPersistenceIdIndex { get; }
    public string TagValueIndex { get; }
}
