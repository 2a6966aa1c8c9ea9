using Akka.Actor;

namespace Akka.Tests.Api;

/// <summary>Everything that the embedded runtime offers in a namespace of Akka is what Akka.NET 1.5.30 offers there.</summary>
public sealed class ApiTests
{
    private static readonly string[] Omitted =
    [
        // Serialization of exceptions by formatters is obsolete in .NET.
        "ISerializable", "GetObjectData", "SerializationInfo",
    ];

    [Fact]
    public void Every_member_has_the_signature_of_the_real_one()
    {
        var real = ApiText.Parse(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Api", "Akka.txt")));
        var differences = new List<string>();
        foreach (var (key, header, members) in ApiText.Of(typeof(ActorSystem).Assembly))
        {
            if (!real.TryGetValue(key, out var expected))
            {
                differences.Add($"{key}: no such type");
                continue;
            }

            if (Comparable(header) != Comparable(expected.Header))
                differences.Add($"{key}:\n    ours {Comparable(header)}\n    real {Comparable(expected.Header)}");
            differences.AddRange(members.Where(m => !expected.Members.Contains(m)).Select(m => $"{key}: no such member: {m}"));

            // Who implements an interface, or an abstract class, must find all there is to implement.
            differences.AddRange(expected.Members
                .Where(m => header.Contains(" interface ", StringComparison.Ordinal) || m.Contains(" abstract ", StringComparison.Ordinal))
                .Where(m => !members.Contains(m))
                .Select(m => $"{key}: missing: {m}"));
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    /// <summary>The order of interfaces says nothing.</summary>
    private static string Comparable(string header)
    {
        var parts = header.Split(" : ", 2);
        return parts.Length == 1
            ? header
            : $"{parts[0]} : {string.Join(", ", parts[1].Split(", ").Where(part => !Omitted.Contains(part)).Order(StringComparer.Ordinal))}";
    }
}
