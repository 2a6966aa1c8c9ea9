namespace ActorPlane.Api;

/// <summary>
/// Trees under a schema as server-side apply sees them: what is a leaf, by which step an element is reached, what two trees differ in, and
/// how one is laid over another. Source: sigs.k8s.io/structured-merge-diff/typed, kube-openapi/pkg/schemaconv.
/// </summary>
internal static class TypedTree
{
    /// <summary>All paths of a tree: what an applied configuration claims.</summary>
    public static FieldSet Fields(JsonValue tree, ValueSchema schema)
    {
        var set = new FieldSet.Builder();
        Gather(set, tree, schema);
        return set.Build();
    }

    /// <summary>What was added or changed on the way from one tree to another, and what was removed.</summary>
    public static (FieldSet Changed, FieldSet Removed) Compare(JsonValue before, JsonValue after, ValueSchema schema)
    {
        var (changed, removed) = (new FieldSet.Builder(), new FieldSet.Builder());
        CompareObject(before, after, schema, changed, removed);
        return (changed.Build(), removed.Build());
    }

    /// <summary>The tree with the other laid over it: the other's leaves win, lists by key or value are joined.</summary>
    public static JsonValue Merge(JsonValue live, JsonValue over, ValueSchema? schema, FieldSchema? field = null)
    {
        if (over.IsNull || live.Kind != over.Kind) return over;
        if (over.IsObject)
        {
            if (IsAtomicObject(schema, field)) return over;
            var result = new JsonObjectBuilder(live);
            foreach (var (name, value) in over.Members)
            {
                var below = Below(schema, name);
                result[name] = result[name] is { } own ? Merge(own, value, below.Schema, below.Field) : value;
            }

            return result.Build();
        }

        if (!over.IsArray || Step(field) is not { } stepOf) return over;
        return MergeList(live, over, schema?.Element, stepOf);
    }

    /// <summary>The tree without what is at the paths; elements and objects that lose all they had go too.</summary>
    public static JsonValue Remove(JsonValue tree, FieldSet paths, ValueSchema? schema, FieldSchema? field = null)
    {
        if (paths.IsEmpty) return tree;
        if (tree.IsObject)
        {
            if (IsAtomicObject(schema, field)) return tree;
            var result = new JsonObjectBuilder(tree);
            foreach (var (name, value) in tree.Members)
            {
                var step = "f:" + name;
                if (!paths.Touches(step)) continue;
                if (paths.Has(step))
                {
                    result[name] = null;
                    continue;
                }

                var below = Below(schema, name);
                var rest = Remove(value, paths.Below(step), below.Schema, below.Field);
                result[name] = rest is { IsObject: true, Members.IsEmpty: true } or { IsArray: true, Items.IsEmpty: true } && rest != value ? null : rest;
            }

            return result.Build();
        }

        if (!tree.IsArray || Step(field) is not { } stepOf) return tree;
        var items = new List<JsonValue>();
        foreach (var item in tree.Items)
        {
            var step = stepOf(item);
            if (step is null || !paths.Touches(step)) items.Add(item);
            else if (!paths.Has(step)) items.Add(Remove(item, paths.Below(step), schema?.Element));
        }

        return JsonValue.WrapArray([.. items]);
    }

    private static void Gather(FieldSet.Builder set, JsonValue tree, ValueSchema? schema)
    {
        foreach (var (name, value) in tree.Members)
        {
            var step = "f:" + name;
            var (field, below) = Below(schema, name);
            GatherValue(set, step, value, below, field);

            // Entries of maps are owned themselves, fields of objects only when nothing is below them.
            if (field is null || value.IsNull || value is { IsObject: true, Members.IsEmpty: true }) set.Add(step);
        }
    }

    private static void GatherValue(FieldSet.Builder set, string step, JsonValue value, ValueSchema? schema, FieldSchema? field)
    {
        if (value.IsObject && !IsAtomicObject(schema, field))
        {
            Gather(set.At(step), value, schema);
        }
        else if (value.IsArray && Step(field) is { } stepOf)
        {
            var list = set.At(step);
            foreach (var item in value.Items)
            {
                if (stepOf(item) is not { } key) continue;
                list.Add(key);
                if (item.IsObject) Gather(list.At(key), item, schema?.Element);
            }
        }
        else
        {
            set.Add(step);
        }
    }

    private static void CompareObject(JsonValue before, JsonValue after, ValueSchema? schema, FieldSet.Builder changed, FieldSet.Builder removed)
    {
        // What is the same as a whole, as most parts of an object are in a write, has nothing to tell.
        if (ReferenceEquals(before, after)) return;
        var (old, now) = (new JsonObjectBuilder(before), new JsonObjectBuilder(after));
        foreach (var (name, value) in after.Members)
        {
            var was = old[name];
            if (ReferenceEquals(was, value)) continue;
            var (field, below) = Below(schema, name);
            CompareValue("f:" + name, was, value, below, field, changed, removed);
        }

        foreach (var (name, value) in before.Members)
        {
            if (now[name] is not null) continue;
            var (field, below) = Below(schema, name);
            CompareValue("f:" + name, value, null, below, field, changed, removed);
        }
    }

    private static void CompareValue(
        string step, JsonValue? before, JsonValue? after, ValueSchema? schema, FieldSchema? field, FieldSet.Builder changed, FieldSet.Builder removed)
    {
        // A null has no value, and yet it is there: a list that fills the place of a null is no new field.
        var (isNew, isGone) = (before is null, after is null);
        if (before is { IsNull: true }) before = null;
        if (after is { IsNull: true }) after = null;
        if (before is null && after is null)
        {
            if (isNew) changed.Add(step);
            else if (isGone) removed.Add(step);
            return;
        }

        var some = after ?? before!;
        var sameKind = before is null || after is null || before.Kind == after.Kind;
        if (sameKind && some.IsObject && !IsAtomicObject(schema, field))
        {
            var (old, now) = (before ?? JsonValue.EmptyObject, after ?? JsonValue.EmptyObject);
            if (old.Members.IsEmpty && now.Members.IsEmpty)
            {
                if (before is null) changed.Add(step);
                else if (after is null) removed.Add(step);
                return;
            }

            CompareObject(old, now, schema, changed.At(step), removed.At(step));
        }
        else if (sameKind && some.IsArray && Step(field) is { } stepOf)
        {
            CompareList(before ?? JsonValue.EmptyArray, after ?? JsonValue.EmptyArray, schema?.Element, stepOf, changed.At(step), removed.At(step));
        }
        else
        {
            if (isGone) removed.Add(step);
            else if (before != after) changed.Add(step);
            return;
        }

        if (isNew) changed.Add(step);
        else if (isGone) removed.Add(step);
    }

    private static void CompareList(
        JsonValue before, JsonValue after, ValueSchema? element, Func<JsonValue, string?> stepOf, FieldSet.Builder changed, FieldSet.Builder removed)
    {
        var old = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var item in before.Items)
        {
            if (stepOf(item) is { } step) old[step] = item;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in after.Items)
        {
            if (stepOf(item) is not { } step || !seen.Add(step)) continue;
            CompareValue(step, old.GetValueOrDefault(step), item, element, null, changed, removed);
        }

        foreach (var item in before.Items)
        {
            if (stepOf(item) is { } step && seen.Add(step)) CompareValue(step, item, null, element, null, changed, removed);
        }
    }

    private static JsonValue MergeList(JsonValue live, JsonValue over, ValueSchema? element, Func<JsonValue, string?> stepOf)
    {
        var applied = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var item in over.Items) applied[stepOf(item) ?? throw Keyless(item)] = item;
        var own = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var item in live.Items)
        {
            if (stepOf(item) is { } step) own.TryAdd(step, item);
        }

        // Live elements that nobody applies now come as soon as they can; what both have comes in the applied order.
        var shared = new string?[over.Items.Length + 1];
        for (var i = over.Items.Length - 1; i >= 0; i--) shared[i] = stepOf(over.Items[i]) is { } step && own.ContainsKey(step) ? step : shared[i + 1];

        var result = new List<JsonValue>();
        var merged = new HashSet<string>(StringComparer.Ordinal);
        for (int at = 0, next = 0; at < live.Items.Length || next < over.Items.Length;)
        {
            if (at < live.Items.Length)
            {
                var item = live.Items[at];
                var isApplied = stepOf(item) is { } step && applied.ContainsKey(step);
                if (!isApplied) result.Add(item);
                if (!isApplied || stepOf(item) != shared[next])
                {
                    at++;
                    continue;
                }
            }

            var given = over.Items[next++];
            var key = stepOf(given)!;
            if (merged.Add(key)) result.Add(own.TryGetValue(key, out var before) ? Merge(before, applied[key], element) : applied[key]);
        }

        return JsonValue.WrapArray([.. result]);
    }

    private static (FieldSchema? Field, ValueSchema? Schema) Below(ValueSchema? schema, string name)
    {
        if (schema is null) return (null, null);
        var field = schema.Find(name);
        return (field, field?.Value ?? (schema.Kind is SchemaKind.Map or SchemaKind.Message ? schema.Element : null));
    }

    // What the schema does not know is owned as a whole, as opaque JSON is.
    private static bool IsAtomicObject(ValueSchema? schema, FieldSchema? field) =>
        schema is null || schema.Kind is not (SchemaKind.Message or SchemaKind.Map) || schema.IsAtomic || field?.IsAtomic == true;

    /// <summary>The keys of a list whose elements are told apart by them; null for other lists.</summary>
    public static ValueList<string>? KeysOf(FieldSchema? field) => field switch
    {
        null => null,
        { ListType: ListType.Map } => field.ListMapKeys,
        { ListType: ListType.Set } => null,
        { PatchMergeKey: { } key, Value.Kind: SchemaKind.List } when field.PatchStrategy.HasFlag(PatchStrategy.Merge) => [key],
        _ => null,
    };

    // How elements of a list are told apart; null for a list that is owned as a whole.
    private static Func<JsonValue, string?>? Step(FieldSchema? field)
    {
        if (field is null || field.IsAtomic) return null;
        ValueList<string> keys;
        switch (field.ListType)
        {
            case ListType.Set:
                return static item => "v:" + item;
            case ListType.Map:
                keys = field.ListMapKeys;
                break;
            default:
                // Before list types there were merge keys: they mean the same. Without a key it is a set.
                if (!field.PatchStrategy.HasFlag(PatchStrategy.Merge) || field.Value.Kind != SchemaKind.List) return null;
                if (field.PatchMergeKey is null) return static item => "v:" + item;
                keys = [field.PatchMergeKey];
                break;
        }

        var element = field.Value.Element;
        return item =>
        {
            if (!item.IsObject) return null;
            var members = new List<JsonMember>();
            foreach (var key in keys.Order(StringComparer.Ordinal))
            {
                var value = item[key];
                if (value is null && element?.Find(key)?.Default is { } standard) value = JsonValue.Of(standard);
                if (value is not null) members.Add(new JsonMember(key, value));
            }

            return members.Count == 0 ? null : "k:" + JsonValue.WrapObject([.. members]);
        };
    }

    private static PatchException Keyless(JsonValue item) => new($"associative list with keys has an element that omits its key fields: {item}");
}
