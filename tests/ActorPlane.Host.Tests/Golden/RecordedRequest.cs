using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorPlane.Host.Tests.Golden;

/// <summary>
/// A request to a real kube-apiserver 1.28.7 and its answer: one line of <c>recorded-requests.jsonl.gz</c>. Beside that server a
/// kube-controller-manager ran and, from request 813 on, a kube-scheduler; there was no kubelet. Requests of the controller manager,
/// and watches and leases of the scheduler, are not in the record.
/// </summary>
public sealed record RecordedRequest(int Number, string Client, string Method, string Path, string Query, string Accept, string? ContentType, string? Body, int Status, string? AnswerType)
{
    /// <summary>Why the body or the answer is not in the record; null when they are.</summary>
    public string? Withheld { get; private init; }

    /// <summary>Whether there was a body that the record does not hold.</summary>
    public bool IsBodyWithheld { get; private init; }

    /// <summary>The answer's documents: one, or one for each event of a watch. Empty when it was withheld or is no JSON.</summary>
    public IReadOnlyList<JsonNode> Answer { get; private init; } = [];

    /// <summary>The answer as text, if it is no JSON.</summary>
    public string? Text { get; private init; }

    public bool IsWatch => Query.Contains("watch=true", StringComparison.OrdinalIgnoreCase);

    /// <summary>An option of the query, or null.</summary>
    public string? Option(string name) => Query.Split('&').Select(part => part.Split('=', 2)).FirstOrDefault(pair => pair[0] == name)?.ElementAtOrDefault(1);

    /// <summary>Reads the whole record.</summary>
    public static IReadOnlyList<RecordedRequest> ReadAll()
    {
        using var file = File.OpenRead(System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "recorded-requests.jsonl.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var all = new List<RecordedRequest>();
        while (reader.ReadLine() is { } line) all.Add(Parse(JsonNode.Parse(line)!.AsObject()));
        return all;
    }

    private static RecordedRequest Parse(JsonObject line)
    {
        var request = new RecordedRequest(
            line["n"]!.GetValue<int>(), Text("client") ?? "", Text("method")!, Text("path")!, Text("query") ?? "", Text("accept") ?? "",
            Text("content-type"), Text("body"), line["status"]!.GetValue<int>(), Text("response-type"))
        {
            IsBodyWithheld = line["bodyWithheld"] is not null,
        };
        if (Text("answerWithheld") is { } withheld) return request with { Withheld = withheld };
        if (Text("answer") is not { } answer) return request;
        try
        {
            return request with { Answer = ReadDocuments(answer) };
        }
        catch (JsonException)
        {
            return answer.StartsWith('{') ? request with { Withheld = "cut off" } : request with { Text = answer };
        }

        string? Text(string name) => line[name]?.GetValue<string>();
    }

    private static List<JsonNode> ReadDocuments(string text)
    {
        var documents = new List<JsonNode>();
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            documents.Add(JsonNode.Parse(ref reader)!);
        }

        return documents;
    }
}
