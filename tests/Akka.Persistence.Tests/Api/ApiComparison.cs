using System.Reflection;
using Akka.Tests.Api;

namespace Akka.Persistence.Tests.Api;

/// <summary>Compares an assembly with the listing of the real one.</summary>
internal static class ApiComparison
{
    /// <summary>Serialization of exceptions by formatters is obsolete in .NET.</summary>
    private const string Omitted = "ISerializable";

    public static void AssertSame(string listing, Assembly assembly)
    {
        var real = ApiText.Parse(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Api", listing)));
        var differences = new List<string>();
        foreach (var (key, header, members) in ApiText.Of(assembly))
        {
            if (!real.TryGetValue(key, out var expected))
            {
                differences.Add($"{key}: no such type");
                continue;
            }

            if (Comparable(header) != Comparable(expected.Header))
            {
                differences.Add($"{key}:\n    ours {Comparable(header)}\n    real {Comparable(expected.Header)}");
            }

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
            : $"{parts[0]} : {string.Join(", ", parts[1].Split(", ").Where(part => part != Omitted).Order(StringComparer.Ordinal))}";
    }
}
