namespace ActorPlane.Api;

/// <summary>JSON merge patch, RFC 7386.</summary>
public static class MergePatch
{
    /// <summary>The target with the patch's members set and those that the patch says are null removed.</summary>
    public static JsonValue Apply(JsonValue target, JsonValue patch)
    {
        if (!patch.IsObject) return patch;
        var result = new JsonObjectBuilder(target.IsObject ? target : JsonValue.EmptyObject);
        foreach (var (name, value) in patch.Members)
        {
            result[name] = value.IsNull ? null : Apply(result[name] ?? JsonValue.Null, value);
        }

        return result.Build();
    }
}
