using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api.Tables;

/// <summary>
/// The Table of a custom resource: its name, then the columns of its definition; without any, its age.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/tableconvertor.
/// </summary>
internal sealed class CustomTable : TableSchema
{
    private static readonly TableColumn Name = new("Name", "string", "name", "", 0);

    private static readonly CustomResourceColumnDefinition Age = new() { Name = "Age", Type = "date", JsonPath = ".metadata.creationTimestamp" };

    private readonly (string Type, JsonPath Path)[] _cells;

    private CustomTable(IReadOnlyList<CustomResourceColumnDefinition> columns, (string, JsonPath)[] cells)
        : base([Name, .. columns.Select(column => new TableColumn(column.Name ?? "", column.Type ?? "", column.Format ?? "", Describe(column), column.Priority ?? 0))]) => _cells = cells;

    /// <summary>The Table of a version. Columns that cannot be read give way to the age alone, as in the real server.</summary>
    public static CustomTable Of(CustomResourceDefinitionVersion version)
    {
        try
        {
            if (!version.AdditionalPrinterColumns.IsEmpty) return Build(version.AdditionalPrinterColumns);
        }
        catch (FormatException)
        {
            // Below.
        }

        return Build([Age]);
    }

    public override IReadOnlyList<JsonValue> Cells(IKubeObject item, DateTimeOffset now)
    {
        var custom = (CustomObject)item;
        JsonValue? whole = null;
        var cells = new JsonValue[_cells.Length + 1];
        cells[0] = Cell.Name(item);
        for (var i = 0; i < _cells.Length; i++)
        {
            var (type, path) = _cells[i];
            var from = path.FirstField is null or "metadata" or "apiVersion" or "kind" ? whole ??= custom.ToTree() : custom.Content;
            cells[i + 1] = path.Find(from) is [var first, ..] ? Shown(type, first, now) : JsonValue.Null;
        }

        return cells;
    }

    private static CustomTable Build(IReadOnlyList<CustomResourceColumnDefinition> columns) =>
        new(columns, [.. columns.Select(column => (column.Type ?? "", JsonPath.Parse(column.JsonPath ?? "")))]);

    private static string Describe(CustomResourceColumnDefinition column) =>
        column.Description is { } text ? text : ReferenceEquals(column, Age) ? "" : $"Custom resource definition column (in JSONPath format): {column.JsonPath}";

    private static JsonValue Shown(string type, JsonValue value, DateTimeOffset now) => (type, value.Kind) switch
    {
        (_, JsonKind.Null) when type != "string" => JsonValue.Null,
        ("integer", JsonKind.Number) => value.AsInt64 is null ? JsonValue.Of((long)value.AsDouble!.Value) : value,
        ("number", JsonKind.Number) => value,
        ("boolean", JsonKind.Bool) => value,
        ("date", JsonKind.String) => Cell.Text(Timestamp.TryParse(value.AsString!, out var time) ? HumanDuration.Since(time, now) : "<invalid>"),
        ("string", JsonKind.String) => value,
        ("string", JsonKind.Null) => Cell.Text("<nil>"),
        ("string", _) => Cell.Text(value.ToString()),
        _ => JsonValue.Null,
    };
}
