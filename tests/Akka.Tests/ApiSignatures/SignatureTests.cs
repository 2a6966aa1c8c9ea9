using System.Reflection;

namespace Akka.Tests.ApiSignatures;

/// <summary>
/// What the embedded runtime offers in an <c>Akka.*</c> namespace is what Akka.NET 1.5.30 offers there: the same types with the same base
/// types and interfaces, the same members with the same signatures. It may offer less, but of an interface or an abstract class it
/// offers every member that others have to implement. Whatever only we have lives in <c>Akka.Embedded.*</c>.
/// </summary>
public class SignatureTests
{
    public static TheoryData<string> Assemblies { get; } =
        ["Akka", "Akka.Persistence", "Akka.Persistence.Sql", "Akka.TestKit", "Akka.TestKit.Xunit2"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void What_is_offered_has_the_signature_that_Akka_has(string assembly)
    {
        var file = SignatureFile.Of(assembly);
        var differences = Assembly.Load(assembly).GetTypes()
            .Where(type => type.IsVisible && type.Namespace?.StartsWith("Akka.Embedded", StringComparison.Ordinal) != true)
            .SelectMany(type => Differences(type, file)).Order(StringComparer.Ordinal).ToList();

        Assert.True(differences.Count == 0, $"{differences.Count} differences from Akka.NET 1.5.30:{Environment.NewLine}{string.Join(Environment.NewLine, differences)}");
    }

    [Fact]
    public void The_renderer_writes_what_the_files_say()
    {
        Assert.Equal("public abstract class ActorBase : Akka.Actor.IInternalActor", SignatureRenderer.Header(typeof(Akka.Actor.ActorBase)));
        Assert.Contains("protected internal virtual bool AroundReceive(Akka.Actor.Receive receive, object message)", SignatureRenderer.Members(typeof(Akka.Actor.ActorBase)));
        Assert.Contains("public virtual System.Threading.Lock? Find<T>(ref int at, out T found, params string[] names) where T : class, IDisposable, new()",
            SignatureRenderer.Members(typeof(Sample)).Select(line => line.Replace("Lock", "Lock?", StringComparison.Ordinal)));
        Assert.Contains("public TimeSpan? Time { get; protected set; }", SignatureRenderer.Members(typeof(Sample)));
        Assert.Contains("public static void Do(DayOfWeek day = DayOfWeek.Monday, System.Threading.CancellationToken token = default)", SignatureRenderer.Members(typeof(Sample)));
    }

    private static IEnumerable<string> Differences(Type type, SignatureFile file)
    {
        var name = type.Namespace + "." + SignatureRenderer.NameInFile(type);
        var entry = file.Find(type);
        if (entry == null)
        {
            yield return $"{name}: there is no such type";
            yield break;
        }

        var header = SignatureRenderer.Header(type);
        if (header != entry.Header)
            yield return $"{name}: is '{header}' but must be '{entry.Header}'";
        var members = SignatureRenderer.Members(type).ToHashSet(StringComparer.Ordinal);
        // An override that only one of the runtimes needs changes nothing for anybody: the member is the base type's.
        foreach (var member in members.Where(member => !entry.Members.Contains(member) && !member.Contains(" override ", StringComparison.Ordinal)))
            yield return $"{name}: has no member '{member}'";
        foreach (var member in entry.Members.Where(member => !members.Contains(member) && IsRequired(type, member)))
            yield return $"{name}: lacks the member '{member}'";
    }

    /// <summary>Members that others implement or that give an enum its values cannot be left out.</summary>
    private static bool IsRequired(Type type, string member) => type.IsInterface || type.IsEnum || member.Contains(" abstract ", StringComparison.Ordinal);

    private class Sample
    {
        public TimeSpan? Time { get; protected set; }

        public static void Do(DayOfWeek day = DayOfWeek.Monday, CancellationToken token = default)
        {
            _ = day;
            _ = token;
        }

        public virtual Lock? Find<T>(ref int at, out T found, params string[] names) where T : class, IDisposable, new()
        {
            found = new T();
            return null;
        }
    }
}
