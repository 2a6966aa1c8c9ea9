namespace ActorPlane.Api.Tests;

/// <summary>Answers of a real API server: read and written again they must be the same bytes.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), "*.json").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_recorded_object_is_read_strictly_and_written_as_it_was(string file)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file)).Trim();
        var tree = JsonValue.Parse(text);
        var schema = KubeTypes.Schema(GroupVersionKind.From(tree["apiVersion"]!.AsString!, tree["kind"]!.AsString!))!;

        var value = JsonCodec.Decode(schema, tree, strict: true, out var errors);

        Assert.Empty(errors);
        Assert.Equal(tree.ToString(), value.ToString());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Defaulting_a_stored_object_changes_nothing(string file)
    {
        var tree = JsonValue.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", file)));
        var schema = KubeTypes.Schema(GroupVersionKind.From(tree["apiVersion"]!.AsString!, tree["kind"]!.AsString!))!;
        if (JsonCodec.Decode(schema, tree, strict: false, out _) is not IKubeObject value) return;

        Assert.Equal(tree.ToString(), JsonCodec.ToTree(Defaulting.Apply(value)).ToString());
    }
}
