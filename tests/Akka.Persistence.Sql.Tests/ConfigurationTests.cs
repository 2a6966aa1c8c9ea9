using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence.Sql.Journal;

namespace Akka.Persistence.Sql.Tests;

public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("provider-name = \"SqlServer\"", "my.journal.provider-name: [SqlServer] is none of those offered")]
    [InlineData("connection-string = \"\"", "my.journal.connection-string: must be set")]
    [InlineData("table-mapping = sqlite", "my.journal.table-mapping: is [sqlite], but only [default] is offered")]
    [InlineData("bach-size = 5", "my.journal.bach-size: no such key")]
    [InlineData("default.journal.columns.sequence = x", "my.journal.default.journal.columns.sequence: no such key")]
    [InlineData("batch-size = 0", "my.journal.batch-size: must be a positive number")]
    [InlineData("tag-write-mode = Sometimes", "my.journal.tag-write-mode: is none of TagTable, Csv, Both")]
    [InlineData("write-isolation-level = total", "my.journal.write-isolation-level: [total] is no isolation level")]
    [InlineData("default.schema-name = s", "my.journal.default.schema-name: SQLite has no schemas")]
    [InlineData("dao = Mine", "my.journal.dao: only Akka.Persistence.Sql.Journal.Dao.ByteArrayJournalDao, Akka.Persistence.Sql is offered")]
    public void A_wrong_key_is_an_error_that_names_it(string wrong, string message) =>
        Assert.StartsWith(message, Assert.Throws<ConfigurationException>(() => Read(wrong)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("SQLite.MS")]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    [InlineData("PostgreSQL.15")]
    public void The_providers_are_named_as_linq2db_names_them(string name) => Assert.NotNull(Read($"provider-name = \"{name}\"").Dialect);

    [Fact]
    public void Names_of_tables_and_columns_can_be_set()
    {
        var settings = Read("provider-name = PostgreSQL\ndefault { schema-name = akka, journal { table-name = events, columns.ordering = nr } }");
        Assert.Equal(("\"akka\".\"events\"", "\"nr\"", "\"akka\".\"tags\""), (settings.Journal, settings.Ordering, settings.Tags));
    }

    private static SqlJournalSettings Read(string hocon)
    {
        var config = ConfigurationFactory.ParseString(hocon)
            .WithFallback(ConfigurationFactory.ParseString("connection-string = \"Data Source=x\"\nprovider-name = \"SQLite.MS\""))
            .WithFallback(SqlPersistence.DefaultJournalConfiguration);
        return new SqlJournalSettings(config, "my.journal", NoLogger.Instance);
    }
}
