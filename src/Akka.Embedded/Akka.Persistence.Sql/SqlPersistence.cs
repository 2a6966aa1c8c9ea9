using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Sql;

/// <summary>The configuration of the SQL journal and snapshot store, and where it lies.</summary>
public sealed class SqlPersistence : IExtension
{
    public const string JournalConfigPath = "akka.persistence.journal.sql";
    public const string SnapshotStoreConfigPath = "akka.persistence.snapshot-store.sql";

    /// <summary>All keys with their defaults, to fall back on.</summary>
    public static readonly Config DefaultConfiguration =
        ConfigurationFactory.FromResource("Akka.Persistence.Sql.sql.conf", typeof(SqlPersistence).Assembly);

    public static readonly Config DefaultJournalConfiguration = DefaultConfiguration.GetConfig(JournalConfigPath);
    public static readonly Config DefaultSnapshotConfiguration = DefaultConfiguration.GetConfig(SnapshotStoreConfigPath);
    public static readonly Config DefaultJournalMappingConfiguration = DefaultJournalConfiguration.GetConfig("default");
    public static readonly Config DefaultSnapshotMappingConfiguration = DefaultSnapshotConfiguration.GetConfig("default");

    public readonly Config DefaultConfig = DefaultConfiguration;
    public readonly Config DefaultJournalConfig = DefaultJournalConfiguration;
    public readonly Config DefaultJournalMappingConfig = DefaultJournalMappingConfiguration;
    public readonly Config DefaultSnapshotConfig = DefaultSnapshotConfiguration;
    public readonly Config DefaultSnapshotMappingConfig = DefaultSnapshotMappingConfiguration;

    public SqlPersistence(ActorSystem system) => system.Settings.InjectTopLevelFallback(DefaultConfiguration);

    public static SqlPersistence Get(ActorSystem system) => system.WithExtension<SqlPersistence, SqlPersistenceProvider>();
}
