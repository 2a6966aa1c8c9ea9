using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>
/// Who owns which field: kept in <c>metadata.managedFields</c> of every object, by each write.
/// Source: staging/src/k8s.io/apimachinery/pkg/util/managedfields.
/// </summary>
public static class ManagedFields
{
    /// <summary>How many managers of updates are kept apart; older ones become one.</summary>
    public const int MostUpdateManagers = 10;

    internal const string UpdateOperation = "Update";
    internal const string ApplyOperation = "Apply";
    private const string Ancient = "ancient-changes";

    // Fields that nobody owns.
    private static readonly FieldSet Stripped = FieldSet.FromJson(JsonValue.Parse("""
        {"f:apiVersion":{},"f:kind":{},"f:metadata":{".":{},"f:name":{},"f:namespace":{},"f:creationTimestamp":{},"f:selfLink":{},"f:uid":{},
         "f:clusterName":{},"f:generation":{},"f:managedFields":{},"f:resourceVersion":{}}}
        """));

    /// <summary>The entries after a create or update: the writer owns what it changed, and nobody what is gone.</summary>
    /// <param name="before">The entries of the stored object.</param>
    /// <param name="live">The stored object; null for a create.</param>
    /// <param name="updated">The object to be stored.</param>
    /// <param name="schema">Its type.</param>
    /// <param name="write">Who writes.</param>
    public static ValueList<ManagedFieldsEntry> Update(
        ValueList<ManagedFieldsEntry> before, JsonValue? live, JsonValue updated, ValueSchema schema, FieldWrite write)
    {
        var managers = Managers.Read(before);
        var (changed, removed) = TypedTree.Compare(live ?? EmptyTree(schema), updated, schema);
        var own = managers.Find(UpdateOperation, write);
        var took = Strip(changed, write);
        managers.TakeAway(own, changed);
        managers.Remove(removed);
        managers.Set(UpdateOperation, write, managers.FieldsOf(UpdateOperation, write).Union(took));
        return managers.Write(MostUpdateManagers, Ancient);
    }

    internal static FieldSet Strip(FieldSet set, FieldWrite write)
    {
        // Only the paths themselves: labels below metadata are owned.
        var result = set.Except(Stripped);
        foreach (var ignored in write.Ignored)
        {
            result = result.ExceptBelow(FieldSet.FromJson(JsonValue.Object(("f:" + ignored, JsonValue.EmptyObject))));
        }

        return result;
    }

    internal static JsonValue EmptyTree(ValueSchema schema) =>
        schema.Message is { } message ? JsonValue.Parse(message.EmptyObject.ToString()!) : JsonValue.EmptyObject;
}
