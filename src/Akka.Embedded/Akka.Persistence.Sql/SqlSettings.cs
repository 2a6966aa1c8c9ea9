using System.Data;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Persistence.Sql;

/// <summary>What the sections of journal and snapshot store have in common, read once and checked.</summary>
internal class SqlSettings
{
    private static readonly string[] PluginKeys =
    [
        "class", "plugin-id", "plugin-dispatcher", "replay-dispatcher", "circuit-breaker", "connection-string", "provider-name",
        "table-mapping", "serializer", "auto-initialize", "warn-on-auto-init-fail", "read-isolation-level",
        "write-isolation-level", "use-clone-connection", "dao", "default",
    ];

    private readonly Config _config;

    protected SqlSettings(Config config, Config defaults, string path, string[] ownKeys, string[] keysWithoutEffect, ILoggingAdapter log)
    {
        _config = config;
        Path = path;
        foreach (var (key, _) in config.AsEnumerable())
        {
            if (!PluginKeys.Contains(key) && !ownKeys.Contains(key))
            {
                throw Error(key, "no such key (or not offered by this runtime)");
            }
        }

        foreach (var key in keysWithoutEffect)
        {
            if (config.GetString(key) != defaults.GetString(key))
            {
                log.Warning("{0}.{1} has no effect in this runtime", path, key);
            }
        }

        if (config.GetString("dao") != defaults.GetString("dao"))
        {
            throw Error("dao", $"only {defaults.GetString("dao")} is offered");
        }

        if (config.GetString("table-mapping") is not "default" and var mapping)
        {
            throw Error("table-mapping", $"is [{mapping}], but only [default] is offered");
        }

        Dialect = SqlDialect.For(config.GetString("provider-name"), Required("connection-string"), key => Error(key, string.Empty));
        DefaultSerializer = Optional("serializer");
        AutoInitialize = config.GetBoolean("auto-initialize");
        WarnOnAutoInitFail = config.GetBoolean("warn-on-auto-init-fail");
        ReadIsolation = Isolation("read-isolation-level");
        WriteIsolation = Isolation("write-isolation-level");
        SchemaName = Optional("default.schema-name");
        if (SchemaName is not null && !Dialect.HasSchemas)
        {
            throw Error("default.schema-name", "SQLite has no schemas");
        }
    }

    public string Path { get; }
    public SqlDialect Dialect { get; }
    public string? DefaultSerializer { get; }
    public bool AutoInitialize { get; }
    public bool WarnOnAutoInitFail { get; }
    public IsolationLevel ReadIsolation { get; }
    public IsolationLevel WriteIsolation { get; }
    public string? SchemaName { get; }

    /// <summary>A table's name, quoted and with its schema.</summary>
    public string Table(string name) =>
        SchemaName is null ? Dialect.Quote(name) : $"{Dialect.Quote(SchemaName)}.{Dialect.Quote(name)}";

    protected ConfigurationException Error(string key, string problem) => new($"{Path}.{key}: {problem}");

    protected string Required(string key) =>
        _config.GetString(key) is { Length: > 0 } value ? value : throw Error(key, "must be set");

    protected string? Optional(string key) => _config.GetString(key) is { Length: > 0 } value && value != "null" ? value : null;

    protected int Positive(string key) =>
        _config.GetInt(key) is > 0 and var value ? value : throw Error(key, "must be a positive number");

    /// <summary>Reads the names in a section and refuses keys that are none of them.</summary>
    protected Func<string, string> Names(string section, params string[] known)
    {
        foreach (var (key, _) in _config.GetConfig(section).AsEnumerable())
        {
            if (!known.Contains(key))
            {
                throw Error($"{section}.{key}", "no such key");
            }
        }

        return key => Required($"{section}.{key}");
    }

    private IsolationLevel Isolation(string key) => _config.GetString(key)?.ToLowerInvariant() switch
    {
        null or "unspecified" => IsolationLevel.Unspecified,
        "read-uncommitted" => IsolationLevel.ReadUncommitted,
        "read-committed" => IsolationLevel.ReadCommitted,
        "repeatable-read" => IsolationLevel.RepeatableRead,
        "serializable" => IsolationLevel.Serializable,
        "snapshot" => IsolationLevel.Snapshot,
        var other => throw Error(key, $"[{other}] is no isolation level"),
    };
}
