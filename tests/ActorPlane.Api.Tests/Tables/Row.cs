using System.Globalization;
using System.Text;
using ActorPlane.Api.Tables;

namespace ActorPlane.Api.Tests;

/// <summary>The row of an object's Table as one text, at a time a day after the objects' creation.</summary>
internal static class Row
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-01-02T00:00:00Z", CultureInfo.InvariantCulture);

    /// <summary>The cells, between bars. <paramref name="json"/> has no apiVersion, kind, name and creation time: they are added.</summary>
    /// <param name="resource">Such as <c>apps/v1/deployments</c> or <c>v1/pods</c>.</param>
    /// <param name="json">The object, with single quotes for double ones.</param>
    /// <param name="wide">Whether wide columns are in it.</param>
    public static string Of(string resource, string json, bool wide = false)
    {
        var info = Info(resource);
        var schema = TableSchemas.Of(info);
        var cells = schema.Cells(Read(info, json), Now);
        Assert.Equal(schema.Columns.Count, cells.Count);
        return string.Join(" | ", cells.Where((_, i) => wide || schema.Columns[i].Priority == 0).Select(cell => cell.AsString ?? Encoding.UTF8.GetString(cell.ToUtf8())));
    }

    /// <summary>The heads, between bars; wide ones with a star.</summary>
    public static string Heads(string resource) =>
        string.Join(" | ", TableSchemas.Of(Info(resource)).Columns.Select(c => c.Priority == 0 ? c.Name : c.Name + "*"));

    /// <summary>An object.</summary>
    public static IKubeObject Read(string resource, string json) => Read(Info(resource), json);

    private static IKubeObject Read(ResourceInfo info, string json)
    {
        var tree = JsonValue.Parse(json.Replace('\'', '"'));
        var metadata = (tree["metadata"] ?? JsonValue.EmptyObject).With("name", JsonValue.Of("x")).With("creationTimestamp", JsonValue.Of("2026-01-01T00:00:00Z"));
        var value = (IKubeObject)JsonCodec.Decode(info.Schema, tree.With("metadata", metadata), true, out var errors);
        Assert.Empty(errors);
        return value;
    }

    private static ResourceInfo Info(string resource)
    {
        var parts = resource.Split('/');
        return KubeTypes.Find(parts is [var version, var core] ? new GroupVersionResource("", version, core) : new GroupVersionResource(parts[0], parts[1], parts[2]))!;
    }
}
