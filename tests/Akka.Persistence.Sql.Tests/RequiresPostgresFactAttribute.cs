namespace Akka.Persistence.Sql.Tests;

/// <summary>A test that needs a PostgreSQL server; skipped where its programs are not installed.</summary>
public sealed class RequiresPostgresFactAttribute : FactAttribute
{
    public RequiresPostgresFactAttribute()
    {
        if (PostgresServer.MissingProgram is { } missing)
        {
            Skip = $"{missing} is not installed.";
        }
    }
}
