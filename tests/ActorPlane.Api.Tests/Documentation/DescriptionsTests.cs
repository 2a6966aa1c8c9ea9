using ActorPlane.Api.Tables;

namespace ActorPlane.Api.Tests;

public sealed class DescriptionsTests
{
    private static readonly string[] Scalars =
        ["meta.v1.Time", "meta.v1.MicroTime", "meta.v1.FieldsV1", "api.resource.Quantity", "util.intstr.IntOrString", "pkg.runtime.RawExtension",
        "apiextensions.v1.JSON", "apiextensions.v1.JSONSchemaPropsOrArray", "apiextensions.v1.JSONSchemaPropsOrBool", "apiextensions.v1.JSONSchemaPropsOrStringArray"];

    private static readonly Dictionary<string, ObjectSchema> Types = FindTypes();

    [Fact]
    public void Whatever_is_described_exists()
    {
        var wrong = Descriptions.Keys.Where(key => key.Type is not ("*" or Descriptions.Columns) && !Scalars.Contains(key.Type))
            .Where(key => !Types.TryGetValue(key.Type, out var schema) || key.Field.Length > 0 && schema.Find(key.Field) is null)
            .Select(key => $"{key.Type} {key.Field}").Order(StringComparer.Ordinal);
        Assert.Empty(wrong);
    }

    [Fact]
    public void What_is_said_of_any_type_is_needed_by_one()
    {
        var names = Types.Values.SelectMany(schema => schema.Fields).Select(field => field.JsonName).ToHashSet(StringComparer.Ordinal);
        names.Add("items");
        Assert.Empty(Descriptions.Keys.Where(key => key.Type == "*" && key.Field.Length > 0 && !names.Contains(key.Field)));
    }

    [Fact]
    public void Everything_is_described()
    {
        Assert.Empty(Types.Where(type => Descriptions.Type(type.Value.Name) is null).Select(type => type.Key));
        Assert.Empty(Types.SelectMany(type => type.Value.Fields
            .Where(field => Descriptions.Field(type.Value.Name, field.JsonName) is null).Select(field => $"{type.Key} {field.JsonName}")));
    }

    [Fact]
    public void Every_column_of_a_Table_is_described_and_every_described_column_is_there()
    {
        var columns = KubeTypes.Resources.Where(info => info.Allows("list")).SelectMany(info => TableSchemas.Of(info).Columns).Concat(TableSchemas.Scale.Columns).ToList();
        Assert.Empty(columns.Where(column => column.Description.Length == 0).Select(column => column.Name).Distinct());
        var heads = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Descriptions.Keys.Where(key => key is { Type: Descriptions.Columns, Field.Length: > 0 } && !heads.Contains(key.Field)).Select(key => key.Field));
    }

    [Fact]
    public void A_short_name_means_one_type() => Assert.Equal(Types.Count, Types.Values.Select(schema => schema.Name).Distinct().Count());

    private static Dictionary<string, ObjectSchema> FindTypes()
    {
        var found = new Dictionary<string, ObjectSchema>(StringComparer.Ordinal);
        var open = new Stack<ValueSchema>(KubeTypes.Resources.Select(info => info.Schema));
        foreach (var sub in KubeTypes.Resources.SelectMany(info => info.Subresources))
        {
            if (KubeTypes.Schema(sub.Kind) is { } schema) open.Push(schema);
        }

        open.Push(Meta.V1.Status.Descriptor);
        open.Push(Meta.V1.DeleteOptions.Descriptor);
        open.Push(Meta.V1.ListMeta.Descriptor);
        open.Push(Meta.V1.WatchEvent.Descriptor);
        open.Push(Meta.V1.Condition.Descriptor);
        while (open.TryPop(out var value))
        {
            if (value.Element is { } element) open.Push(element);
            if (value.Message is not { } message || !found.TryAdd(Descriptions.Short(message.Name), message)) continue;
            foreach (var field in message.Fields) open.Push(field.Value);
        }

        return found;
    }
}
