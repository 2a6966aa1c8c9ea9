using System.Runtime.CompilerServices;
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

    // Of each type the object without any value.
    private static readonly ConditionalWeakTable<ObjectSchema, JsonValue> Empty = [];

    // Fields that nobody owns.
    private static readonly FieldSet Stripped = FieldSet.FromJson(JsonValue.Parse("""
        {"f:apiVersion":{},"f:kind":{},"f:metadata":{".":{},"f:name":{},"f:namespace":{},"f:creationTimestamp":{},"f:selfLink":{},"f:uid":{},
         "f:clusterName":{},"f:generation":{},"f:managedFields":{},"f:resourceVersion":{}}}
        """));

    /// <summary>
    /// The entries after a create or update: the writer owns what it changed, and nobody what is gone. An object that has no owners
    /// although it is there gets none: its owners were taken away, or it had nothing to own (<c>skipnonapplied.go</c>).
    /// </summary>
    /// <param name="before">The entries of the stored object.</param>
    /// <param name="live">The stored object; null for a create.</param>
    /// <param name="updated">The object to be stored.</param>
    /// <param name="schema">Its type.</param>
    /// <param name="write">Who writes.</param>
    public static ValueList<ManagedFieldsEntry> Update(
        ValueList<ManagedFieldsEntry> before, JsonValue? live, JsonValue updated, ValueSchema schema, FieldWrite write)
    {
        if (live is not null && before.IsEmpty) return before;
        var managers = Managers.Read(before);
        var changes = new WriteChanges(live ?? EmptyTree(schema), updated, schema, write);
        managers.Lose(changes, null);
        if (Strip(changes.Own.Changed) is { IsEmpty: false } took) managers.Set(UpdateOperation, write, managers.FieldsOf(UpdateOperation, write).Union(took), write.Time);
        return managers.Write(MostUpdateManagers, Ancient);
    }

    /// <summary>The entries of a new object, as <see cref="Update"/> has them; objects of one shape share their fields.</summary>
    public static ValueList<ManagedFieldsEntry> Create(IKubeObject item, ValueSchema schema, FieldWrite write) => OwnersInBrief.OfNew(item, schema, write);

    /// <summary>
    /// The entries after a write of the subresource scale: who sets other replicas owns that field alone, without a time, if anybody
    /// owned it before. Source: <c>apimachinery/pkg/util/managedfields/scalehandler.go</c>.
    /// </summary>
    /// <param name="before">The entries of the stored object.</param>
    /// <param name="path">Where the replicas are: <c>spec.replicas</c>.</param>
    /// <param name="isNew">Whether their number is another one.</param>
    /// <param name="write">Who writes.</param>
    public static ValueList<ManagedFieldsEntry> Scale(ValueList<ManagedFieldsEntry> before, string path, bool isNew, FieldWrite write)
    {
        var replicas = FieldSet.OfPaths([path]);
        var managers = Managers.Read(before);
        if (!isNew || !managers.All.Any(owner => !owner.Fields.Intersection(replicas).IsEmpty)) return before;
        managers.Remove(replicas);
        managers.Set(UpdateOperation, write, replicas, null);
        return managers.Write(int.MaxValue, "");
    }

    /// <summary>
    /// The entries that a replacement of an object begins with: those that it carries, if they make sense, else those of the stored one;
    /// none when it carries a single empty one, which is how clients clear them (<c>apimachinery/pkg/util/managedfields/fieldmanager.go</c>).
    /// </summary>
    /// <param name="isSubresource">Then those that it carries do not count.</param>
    public static ValueList<ManagedFieldsEntry> Given(IKubeObject live, IKubeObject item, bool isSubresource)
    {
        var given = item.Metadata.ManagedFields;
        if (isSubresource || given.IsEmpty) return live.Metadata.ManagedFields;
        if (given is [var only] && only == ManagedFieldsEntry.Empty) return ValueList<ManagedFieldsEntry>.Empty;
        return given.FindIndex(static entry => entry is not { Operation: UpdateOperation or ApplyOperation, FieldsType: "FieldsV1", FieldsV1: not null }) < 0
            ? given
            : live.Metadata.ManagedFields;
    }

    /// <summary>Without what nobody owns. Only the paths themselves: labels below metadata are owned.</summary>
    internal static FieldSet Strip(FieldSet set) => set.Except(Stripped);

    internal static JsonValue EmptyTree(ValueSchema schema) =>
        schema.Message is { } message ? Empty.GetValue(message, static one => JsonValue.Parse(one.EmptyObject.ToString()!)) : JsonValue.EmptyObject;
}
