namespace ActorPlane.Api.Tests.Codec;

/// <summary>A field without a number would be lost in protobuf without a word.</summary>
public sealed class ProtobufCompletenessTests
{
    /// <summary>Kinds that clients write as JSON: their real messages nest in ways that the descriptors do not follow.</summary>
    private static readonly string[] WithoutProtobuf =
        ["apiservices", "customresourcedefinitions", "validatingadmissionpolicies", "validatingadmissionpolicybindings"];

    [Fact]
    public void Every_kind_that_typed_clients_write_has_a_protobuf_form() =>
        Assert.Equal(WithoutProtobuf.Order(), KubeTypes.Resources.Where(info => !info.Schema.HasProtobuf).Select(info => info.Plural).Distinct().Order());

    [Fact]
    public void Every_field_of_a_kind_with_a_protobuf_form_has_a_number()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var info in KubeTypes.Resources.Where(info => info.Schema.HasProtobuf)) Walk(info.Schema, seen, missing);
        Assert.Empty(missing);
        Assert.True(seen.Count > 300, $"only {seen.Count} types were looked at");
    }

    private static void Walk(ObjectSchema schema, HashSet<string> seen, List<string> missing)
    {
        if (!seen.Add(schema.Name)) return;
        foreach (var field in schema.Fields)
        {
            if (field.JsonName is "apiVersion" or "kind" && field.ProtoNumber == 0 && schema.Find("metadata") is not null) continue;
            if (field.ProtoNumber == 0) missing.Add($"{schema.Name}.{field.JsonName}");
            var value = field.Value;
            while (value.Element is { } element) value = element;
            if (value.Message is { } message) Walk(message, seen, missing);
        }
    }
}
