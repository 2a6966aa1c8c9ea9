using System.Globalization;

namespace ActorPlane.Api;

/// <summary>JSON patch, RFC 6902. Source of limits and errors: apiserver/pkg/endpoints/handlers/patch.go.</summary>
public static class JsonPatch
{
    /// <summary>How many operations one patch may have.</summary>
    public const int MostOperations = 10_000;

    /// <summary>Runs the operations one after the other; all or none. Throws <see cref="PatchException"/>.</summary>
    public static JsonValue Apply(JsonValue target, JsonValue patch)
    {
        if (!patch.IsArray) throw new PatchException("a JSON patch is a list of operations");
        if (patch.Items.Length > MostOperations)
        {
            throw new PatchException(string.Create(CultureInfo.InvariantCulture, $"The allowed maximum operations in a JSON patch is {MostOperations}, got {patch.Items.Length}"));
        }

        foreach (var operation in patch.Items) target = Run(target, operation);
        return target;
    }

    private static JsonValue Run(JsonValue target, JsonValue operation)
    {
        var name = operation["op"]?.AsString ?? throw new PatchException("an operation of a JSON patch has no \"op\"");
        var path = Pointer(operation, "path");
        switch (name)
        {
            case "add": return Set(target, path, Value(operation), insert: true);
            case "replace":
                if (Find(target, path) is null) throw Missing("replace", path);
                return Set(target, path, Value(operation), insert: false);
            case "remove": return Remove(target, path);
            case "move":
                var from = Pointer(operation, "from");
                var moved = Find(target, from) ?? throw Missing("move", from);
                return Set(Remove(target, from), path, moved, insert: true);
            case "copy":
                var source = Pointer(operation, "from");
                return Set(target, path, Find(target, source) ?? throw Missing("copy", source), insert: true);
            case "test":
                var actual = Find(target, path) ?? JsonValue.Null;
                if (actual != Value(operation)) throw new PatchException($"testing value {Text(path)} failed", unprocessable: true);
                return target;
            default: throw new PatchException($"Unexpected kind: {name}", unprocessable: true);
        }
    }

    private static string[] Pointer(JsonValue operation, string member)
    {
        var text = operation[member]?.AsString ?? throw new PatchException($"an operation of a JSON patch has no \"{member}\"");
        if (text.Length == 0) return [];
        if (text[0] != '/') throw new PatchException($"\"{text}\" is no JSON pointer", unprocessable: true);
        return [.. text[1..].Split('/').Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    private static JsonValue Value(JsonValue operation) => operation["value"] ?? throw new PatchException("an operation of a JSON patch has no \"value\"");

    private static JsonValue? Find(JsonValue target, ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            var next = target.IsArray ? (Index(step, target.Items.Length) is { } i ? target.Items[i] : null) : target[step];
            if (next is null) return null;
            target = next;
        }

        return target;
    }

    private static JsonValue Set(JsonValue target, ReadOnlySpan<string> path, JsonValue value, bool insert)
    {
        if (path.IsEmpty) return value;
        var step = path[0];
        if (target.IsArray)
        {
            var items = target.Items;
            if (path.Length == 1)
            {
                if (step == "-" && insert) return JsonValue.WrapArray([.. items, value]);
                var place = Index(step, items.Length + (insert ? 1 : 0)) ?? throw new PatchException($"Unable to access invalid index: {step}", unprocessable: true);
                return JsonValue.WrapArray(insert ? [.. items[..place], value, .. items[place..]] : [.. items[..place], value, .. items[(place + 1)..]]);
            }

            var index = Index(step, items.Length) ?? throw Missing("add", path);
            return JsonValue.WrapArray([.. items[..index], Set(items[index], path[1..], value, insert), .. items[(index + 1)..]]);
        }

        if (!target.IsObject) throw Missing("add", path);
        if (path.Length == 1) return target.With(step, value);
        return target.With(step, Set(target[step] ?? throw Missing("add", path), path[1..], value, insert));
    }

    private static JsonValue Remove(JsonValue target, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty) return JsonValue.Null;
        var step = path[0];
        if (target.IsArray)
        {
            var items = target.Items;
            var index = Index(step, items.Length) ?? throw Missing("remove", path);
            return path.Length == 1
                ? JsonValue.WrapArray([.. items[..index], .. items[(index + 1)..]])
                : JsonValue.WrapArray([.. items[..index], Remove(items[index], path[1..]), .. items[(index + 1)..]]);
        }

        var value = target[step] ?? throw Missing("remove", path);
        return path.Length == 1 ? target.Without(step) : target.With(step, Remove(value, path[1..]));
    }

    private static int? Index(string step, int count)
    {
        if (step.Length > 1 && step[0] == '0') return null;
        return int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count ? index : null;
    }

    private static PatchException Missing(string operation, ReadOnlySpan<string> path) =>
        new($"{operation} operation does not apply: doc is missing path: \"{Text(path)}\": missing value", unprocessable: true);

    private static string Text(ReadOnlySpan<string> path)
    {
        var text = "";
        foreach (var step in path) text += "/" + step;
        return text;
    }
}
