using Akka.Persistence.Tests.Api;

namespace Akka.Persistence.Sql.Tests.Api;

/// <summary>Everything that the embedded assembly offers in a namespace of Akka is what Akka.Persistence.Sql 1.5.30 offers there.</summary>
public sealed class ApiTests
{
    [Fact]
    public void Every_member_has_the_signature_of_the_real_one() =>
        ApiComparison.AssertSame("Akka.Persistence.Sql.txt", typeof(SqlPersistence).Assembly);
}
