namespace ActorPlane.Api;

/// <summary>
/// Strategic merge patch of built-in objects: objects are merged, lists with a merge key too, and directives (<c>$patch</c>,
/// <c>$retainKeys</c>, <c>$setElementOrder/x</c>, <c>$deleteFromPrimitiveList/x</c>) say the rest.
/// Source: staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go.
/// </summary>
public static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string OrderPrefix = "$setElementOrder/";
    private const string DeletePrefix = "$deleteFromPrimitiveList/";

    /// <summary>The object with the patch applied. Throws <see cref="PatchException"/> for a patch that makes no sense.</summary>
    /// <param name="original">The object.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="schema">The object's type.</param>
    public static JsonValue Apply(JsonValue original, JsonValue patch, ValueSchema schema)
    {
        if (!patch.IsObject) throw new PatchException("a strategic merge patch is an object");
        return MergeObject(original, patch, schema);
    }

    private static JsonValue MergeObject(JsonValue original, JsonValue patch, ValueSchema? schema)
    {
        if (patch[Directive] is { } directive)
        {
            return directive.AsString switch
            {
                "replace" => patch.Without(Directive),
                "delete" => JsonValue.EmptyObject,
                _ => throw new PatchException($"unknown patch type found: {directive} in map"),
            };
        }

        if (!original.IsObject) original = JsonValue.EmptyObject;
        if (patch[RetainKeys] is { } retain)
        {
            (original, patch) = Retain(original, patch, retain);
        }

        foreach (var (name, order) in patch.Members)
        {
            if (!name.StartsWith(OrderPrefix, StringComparison.Ordinal)) continue;
            var key = name[OrderPrefix.Length..];
            patch = patch.Without(name);
            var field = schema?.Find(key);
            if (!order.IsArray) throw new PatchException($"invalid patch format of {name}: it is no list");
            if (Ordered(original[key], patch[key], order, field) is { } list) original = original.With(key, list);
            patch = patch.Without(key);
        }

        foreach (var member in patch.Members)
        {
            var (name, value) = member;
            var delete = name.StartsWith(DeletePrefix, StringComparison.Ordinal);
            if (delete) name = name[DeletePrefix.Length..];
            if (value.IsNull)
            {
                original = original.Without(name);
                continue;
            }

            var old = original[name];
            if (old is null || old.Kind != value.Kind)
            {
                if (!delete) original = original.With(name, DropDirectives(value));
                continue;
            }

            var field = schema?.Find(name);
            var strategy = field?.PatchStrategy ?? PatchStrategy.None;
            original = original.With(name, value.Kind switch
            {
                JsonKind.Object => strategy.HasFlag(PatchStrategy.Replace) ? value : MergeObject(old, value, field?.Value ?? schema?.Element),
                JsonKind.Array => MergeList(old, value, field, delete),
                _ => value,
            });
        }

        return original;
    }

    // Elements that the patch does not name in $retainKeys go; what it sets must be named.
    private static (JsonValue Original, JsonValue Patch) Retain(JsonValue original, JsonValue patch, JsonValue retain)
    {
        if (!retain.IsArray) throw new PatchException("invalid patch format of $retainKeys: it is no list");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in retain.Items) keys.Add(key.AsString ?? throw new PatchException("invalid patch format of $retainKeys: a key is no text"));
        patch = patch.Without(RetainKeys);
        foreach (var (name, value) in patch.Members)
        {
            var plain = name.StartsWith(OrderPrefix, StringComparison.Ordinal) ? name[OrderPrefix.Length..]
                : name.StartsWith(DeletePrefix, StringComparison.Ordinal) ? name[DeletePrefix.Length..] : name;
            if (!value.IsNull && !keys.Contains(plain)) throw new PatchException($"$retainKeys does not contain \"{plain}\", which the patch sets");
        }

        foreach (var (name, _) in original.Members)
        {
            if (!keys.Contains(name)) original = original.Without(name);
        }

        return (original, patch);
    }

    private static JsonValue MergeList(JsonValue original, JsonValue patch, FieldSchema? field, bool delete)
    {
        if (field is null || !field.PatchStrategy.HasFlag(PatchStrategy.Merge)) return delete ? original : patch;
        var items = original.Items.ToArray();
        var changes = patch.Items.ToArray();
        if (items.Length == 0 && changes.Length == 0) return original;
        if (field.PatchMergeKey is not { } key)
        {
            if (delete) return JsonValue.WrapArray(Array.FindAll(items, item => !Array.Exists(changes, change => change == item)));
            return Normalize(Unique([.. items, .. changes]), changes, items, null);
        }

        (items, changes) = Special(items, changes, key);
        var merged = new List<JsonValue>(items);
        foreach (var change in changes)
        {
            var id = KeyOf(change, key);
            var index = merged.FindIndex(item => item[key] == id);
            if (index < 0) merged.Add(DropDirectives(change));
            else merged[index] = MergeObject(merged[index], change, field.Value.Element);
        }

        return Normalize([.. merged], changes, items, key);
    }

    // Elements with $patch delete others, or make the rest of the patch replace the whole list.
    private static (JsonValue[] Items, JsonValue[] Changes) Special(JsonValue[] items, JsonValue[] changes, string key)
    {
        var replace = false;
        var rest = new List<JsonValue>();
        foreach (var change in changes)
        {
            switch (change[Directive]?.AsString)
            {
                case null:
                    if (change[Directive] is not null) throw new PatchException($"unknown patch type found: {change[Directive]}");
                    rest.Add(change);
                    break;
                case "delete":
                    var id = KeyOf(change, key);
                    items = Array.FindAll(items, item => item[key] != id);
                    break;
                case "replace":
                    replace = true;
                    break;
                case "merge":
                    throw new PatchException("merging of lists is the default: $patch: merge is not supported");
                case var other:
                    throw new PatchException($"unknown patch type found: {other}");
            }
        }

        return replace ? ([.. rest.Select(DropDirectives)], []) : (items, [.. rest]);
    }

    private static JsonValue? Ordered(JsonValue? original, JsonValue? patch, JsonValue order, FieldSchema? field)
    {
        if (original is { IsArray: false } || patch is { IsArray: false }) throw new PatchException("a list is ordered that is no list");
        if (original is null && patch is null) return null;
        var merged = original is null ? DropDirectives(patch!) : patch is null ? original : MergeList(original, patch, field, delete: false);
        return Normalize(merged.Items.ToArray(), order.Items.ToArray(), original is null ? [] : original.Items.ToArray(), field?.PatchMergeKey);
    }

    // Elements of the patch in the patch's order; the server's own ones keep their place relative to those that both know.
    private static JsonValue Normalize(JsonValue[] merged, JsonValue[] patchOrder, JsonValue[] serverOrder, string? key)
    {
        var fromPatch = Array.FindAll(merged, item => Index(patchOrder, item, key) >= 0);
        var serverOnly = Array.FindAll(merged, item => Index(patchOrder, item, key) < 0);
        var right = fromPatch.OrderBy(item => Index(patchOrder, item, key)).ToArray();
        var left = serverOnly.OrderBy(item => Index(serverOrder, item, key) is var i && i < 0 ? int.MaxValue : i).ToArray();
        var result = new JsonValue[merged.Length];
        int l = 0, r = 0;
        for (var k = 0; k < result.Length; k++)
        {
            if (l == left.Length) result[k] = right[r++];
            else if (r == right.Length) result[k] = left[l++];
            else
            {
                var li = Index(serverOrder, left[l], key);
                var ri = Index(serverOrder, right[r], key);
                result[k] = li >= 0 && ri >= 0 && li < ri ? left[l++] : right[r++];
            }
        }

        return JsonValue.WrapArray(result);
    }

    private static int Index(JsonValue[] list, JsonValue item, string? key) =>
        key is null ? Array.IndexOf(list, item) : Array.FindIndex(list, other => other[key] == item[key]);

    private static JsonValue KeyOf(JsonValue item, string key) =>
        item[key] ?? throw new PatchException($"map: {item} does not contain declared merge key: {key}");

    private static JsonValue[] Unique(JsonValue[] items)
    {
        var result = new List<JsonValue>();
        foreach (var item in items)
        {
            if (!result.Contains(item)) result.Add(item);
        }

        return [.. result];
    }

    // What is new in the object comes without directives and nulls.
    private static JsonValue DropDirectives(JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonKind.Object:
                if (value[Directive]?.AsString == "delete") return JsonValue.EmptyObject;
                var members = new List<JsonMember>();
                foreach (var (name, inner) in value.Members)
                {
                    if (inner.IsNull || name is Directive or RetainKeys
                        || name.StartsWith(OrderPrefix, StringComparison.Ordinal) || name.StartsWith(DeletePrefix, StringComparison.Ordinal))
                    {
                        continue;
                    }

                    members.Add(new JsonMember(name, DropDirectives(inner)));
                }

                return JsonValue.WrapObject([.. members]);
            case JsonKind.Array:
                var items = new List<JsonValue>();
                foreach (var item in value.Items)
                {
                    if (item[Directive]?.AsString == "delete" || (item[Directive] is not null && item.Members.Length == 1)) continue;
                    items.Add(DropDirectives(item));
                }

                return JsonValue.WrapArray([.. items]);
            default:
                return value;
        }
    }
}
