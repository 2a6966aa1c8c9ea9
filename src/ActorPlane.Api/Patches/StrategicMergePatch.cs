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

        var result = new JsonObjectBuilder(original);
        foreach (var member in patch.Members)
        {
            var (name, value) = member;
            var delete = name.StartsWith(DeletePrefix, StringComparison.Ordinal);
            if (delete) name = name[DeletePrefix.Length..];
            if (value.IsNull)
            {
                result[name] = null;
                continue;
            }

            var old = result[name];
            if (old is null || old.Kind != value.Kind)
            {
                if (!delete) result[name] = DropDirectives(value);
                continue;
            }

            var field = schema?.Find(name);
            var strategy = field?.PatchStrategy ?? PatchStrategy.None;
            result[name] = value.Kind switch
            {
                JsonKind.Object => strategy.HasFlag(PatchStrategy.Replace) ? value : MergeObject(old, value, field?.Value ?? schema?.Element),
                JsonKind.Array => MergeList(old, value, field, delete),
                _ => value,
            };
        }

        return result.Build();
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
            if (delete)
            {
                var gone = new HashSet<JsonValue>(changes);
                return JsonValue.WrapArray(Array.FindAll(items, item => !gone.Contains(item)));
            }

            return Normalize(Unique([.. items, .. changes]), changes, items, null);
        }

        (items, changes) = Special(items, changes, key);
        var merged = new List<JsonValue>(items);
        var places = Places(items, key);
        foreach (var change in changes)
        {
            var id = KeyOf(change, key);
            if (places.TryGetValue(id, out var index))
            {
                merged[index] = MergeObject(merged[index], change, field.Value.Element);
                continue;
            }

            places.Add(id, merged.Count);
            merged.Add(DropDirectives(change));
        }

        return Normalize([.. merged], changes, items, key);
    }

    // Elements with $patch delete others, or make the rest of the patch replace the whole list.
    private static (JsonValue[] Items, JsonValue[] Changes) Special(JsonValue[] items, JsonValue[] changes, string key)
    {
        var replace = false;
        var rest = new List<JsonValue>();
        var deleted = new HashSet<JsonValue>();
        foreach (var change in changes)
        {
            switch (change[Directive]?.AsString)
            {
                case null:
                    if (change[Directive] is not null) throw new PatchException($"unknown patch type found: {change[Directive]}");
                    rest.Add(change);
                    break;
                case "delete":
                    deleted.Add(KeyOf(change, key));
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

        if (replace) return ([.. rest.Select(DropDirectives)], []);
        return (deleted.Count == 0 ? items : Array.FindAll(items, item => item[key] is not { } id || !deleted.Contains(id)), [.. rest]);
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
        var (inPatch, onServer) = (Places(patchOrder, key), Places(serverOrder, key));
        var right = merged.Where(item => Index(inPatch, item, key) >= 0).OrderBy(item => Index(inPatch, item, key)).ToArray();
        var left = merged.Where(item => Index(inPatch, item, key) < 0)
            .OrderBy(item => Index(onServer, item, key) is var i && i < 0 ? int.MaxValue : i).ToArray();
        var result = new JsonValue[merged.Length];
        int l = 0, r = 0;
        for (var k = 0; k < result.Length; k++)
        {
            if (l == left.Length) result[k] = right[r++];
            else if (r == right.Length) result[k] = left[l++];
            else
            {
                var li = Index(onServer, left[l], key);
                var ri = Index(onServer, right[r], key);
                result[k] = li >= 0 && ri >= 0 && li < ri ? left[l++] : right[r++];
            }
        }

        return JsonValue.WrapArray(result);
    }

    // Where each element stands first, by key or by value.
    private static Dictionary<JsonValue, int> Places(JsonValue[] list, string? key)
    {
        var places = new Dictionary<JsonValue, int>(list.Length);
        for (var i = 0; i < list.Length; i++)
        {
            if ((key is null ? list[i] : list[i][key]) is { } id) places.TryAdd(id, i);
        }

        return places;
    }

    private static int Index(Dictionary<JsonValue, int> places, JsonValue item, string? key) =>
        (key is null ? item : item[key]) is { } id && places.TryGetValue(id, out var place) ? place : -1;

    private static JsonValue KeyOf(JsonValue item, string key) =>
        item[key] ?? throw new PatchException($"map: {GoTree.Plain(item)} does not contain declared merge key: {key}");

    private static JsonValue[] Unique(JsonValue[] items)
    {
        var seen = new HashSet<JsonValue>();
        return Array.FindAll(items, seen.Add);
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
