using ActorPlane.Api.Tables;

namespace ActorPlane.Api.Tests;

public sealed class DescriptionsTests
{
    private static readonly string[] Scalars =
        ["meta.v1.Time", "meta.v1.MicroTime", "meta.v1.FieldsV1", "api.resource.Quantity", "util.intstr.IntOrString", "pkg.runtime.RawExtension"];

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
    public void Every_resource_and_all_its_fields_are_described()
    {
        foreach (var schema in KubeTypes.Resources.Where(info => info.Allows("list")).Select(info => info.Schema))
        {
            Assert.True(Descriptions.Type(schema.Name) is not null, schema.Name);
            Assert.All(schema.Fields, field => Assert.True(Descriptions.Field(schema.Name, field.JsonName) is not null, $"{schema.Name} {field.JsonName}"));
        }
    }

    [Fact]
    public void Every_column_of_a_Table_is_described_and_every_described_column_is_there()
    {
        var columns = KubeTypes.Resources.Where(info => info.Allows("list")).SelectMany(info => TableSchemas.Of(info).Columns).Concat(TableSchemas.Scale.Columns).ToList();
        Assert.Empty(columns.Where(column => column.Description.Length == 0).Select(column => column.Name).Distinct());
        var heads = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Descriptions.Keys.Where(key => key is { Type: Descriptions.Columns, Field.Length: > 0 } && !heads.Contains(key.Field)).Select(key => key.Field));
    }

    [Theory]
    [InlineData("core.v1.PodSpec")]
    [InlineData("core.v1.Container")]
    [InlineData("core.v1.Probe")]
    [InlineData("core.v1.ServiceSpec")]
    [InlineData("core.v1.Volume")]
    [InlineData("apps.v1.DeploymentSpec")]
    [InlineData("apps.v1.StatefulSetSpec")]
    [InlineData("apps.v1.DaemonSetSpec")]
    [InlineData("batch.v1.JobSpec")]
    [InlineData("batch.v1.CronJobSpec")]
    [InlineData("meta.v1.ObjectMeta")]
    public void Types_of_every_day_are_described_without_gaps_but_for_volumes_of_old(string type)
    {
        string[] old =
        [
            "gcePersistentDisk", "awsElasticBlockStore", "glusterfs", "rbd", "flexVolume", "cinder", "cephfs", "flocker", "azureFile", "vsphereVolume", "quobyte",
            "azureDisk", "photonPersistentDisk", "portworxVolume", "scaleIO", "storageos",
        ];
        Assert.Empty(Types[type].Fields.Where(field => Descriptions.Field(Types[type].Name, field.JsonName) is null && !old.Contains(field.JsonName)).Select(field => field.JsonName));
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
