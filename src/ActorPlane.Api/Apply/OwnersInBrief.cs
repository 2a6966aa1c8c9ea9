using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>
/// The entries of managed fields that the cluster's own processes leave: without their fields, as one list shared by all objects
/// with the same writers, so that they cost neither time nor memory. What such an owner has follows from the object: everything of
/// its part, the object or its status, that no other entry names. That is worked out when somebody asks, and when another
/// manager writes (<see cref="Complete"/>, <see cref="Shorten"/>).
/// </summary>
public static class OwnersInBrief
{
    private const string Status = "status";

    // Few: each combination of writers once, and each form of a kind's fields. Beyond that they are not shared.
    private const int MostShared = 4096;

    private static readonly ConcurrentDictionary<(ValueList<ManagedFieldsEntry> Owners, string Manager, string ApiVersion, string Subresource), ValueList<ManagedFieldsEntry>> Lists = new();
    private static readonly ConcurrentDictionary<FieldSet, JsonValue> Forms = new();
    private static readonly ConditionalWeakTable<IKubeObject, ValueList<ManagedFieldsEntry>> Known = [];
    private static readonly ConditionalWeakTable<PodSpec, FieldSet> Specs = [];
    private const string StatusField = "f:status";

    /// <summary>Whether an entry's fields follow from the object.</summary>
    public static bool IsBrief(ManagedFieldsEntry entry) => entry.FieldsV1 is null && entry.FieldsType is null;

    /// <summary>The entries with one for a writer of the object or a subresource, if it has none.</summary>
    public static ValueList<ManagedFieldsEntry> With(ValueList<ManagedFieldsEntry> owners, string manager, string apiVersion, string subresource)
    {
        var allBrief = true;
        foreach (var entry in owners)
        {
            var isBrief = IsBrief(entry);
            if (isBrief && entry.Manager == manager && (entry.Subresource ?? "") == subresource) return owners;
            allBrief &= isBrief;
        }

        return allBrief && Lists.Count < MostShared ? Lists.GetOrAdd((owners, manager, apiVersion, subresource), Longer) : Longer((owners, manager, apiVersion, subresource));

        static ValueList<ManagedFieldsEntry> Longer((ValueList<ManagedFieldsEntry> Owners, string Manager, string ApiVersion, string Subresource) key) =>
            key.Owners.Add(new ManagedFieldsEntry
            {
                Manager = key.Manager, Operation = ManagedFields.UpdateOperation, ApiVersion = key.ApiVersion, Subresource = key.Subresource,
            });
    }

    /// <summary>A stored object with the fields of all its owners: as clients see it.</summary>
    public static IKubeObject Complete(IKubeObject item)
    {
        foreach (var entry in item.Metadata.ManagedFields)
        {
            if (IsBrief(entry)) return item.WithMetadata(item.Metadata with { ManagedFields = Known.GetValue(item, static stored => Entries(stored)) });
        }

        return item;
    }

    /// <summary>
    /// Entries after a write, with those in brief that were so before and still have just what follows from the object.
    /// </summary>
    /// <param name="owners">All with their fields.</param>
    /// <param name="before">As they were stored before.</param>
    /// <param name="item">The object, before or after the write.</param>
    /// <param name="tree">The object to be stored.</param>
    public static ValueList<ManagedFieldsEntry> Shorten(
        ValueList<ManagedFieldsEntry> owners, ValueList<ManagedFieldsEntry> before, IKubeObject item, JsonValue tree)
    {
        var brief = before.RemoveAll(static entry => !IsBrief(entry));
        if (brief.IsEmpty) return owners;
        ValueList<ManagedFieldsEntry> shorter = [.. owners.Select(entry => brief.Find(known => IsSame(known, entry)) ?? entry)];
        var full = Entries(item, tree, shorter, FieldSet.Empty);
        return [.. owners.Select(entry => brief.Find(known => IsSame(known, entry)) is { } known && full.Find(one => IsSame(one, entry))?.FieldsV1 == entry.FieldsV1 ? known : entry)];
    }

    private static bool IsSame(ManagedFieldsEntry one, ManagedFieldsEntry other) =>
        one.Manager == other.Manager && one.Operation == other.Operation && one.ApiVersion == other.ApiVersion && one.Subresource == other.Subresource;

    // The pods of one template share their spec: what is in it is worked out once.
    private static ValueList<ManagedFieldsEntry> Entries(IKubeObject stored) => stored is Pod pod
        ? Entries(pod, JsonCodec.ToTree(pod with { Spec = PodSpec.Empty }), pod.Metadata.ManagedFields, Specs.GetValue(pod.Spec, static spec => FieldsOf(new Pod { Spec = spec })))
        : Entries(stored, JsonCodec.ToTree(stored), stored.Metadata.ManagedFields, FieldSet.Empty);

    private static FieldSet FieldsOf(IKubeObject item) => TypedTree.Compare(ManagedFields.EmptyTree(item.Schema), JsonCodec.ToTree(item), item.Schema).Changed;

    /// <param name="known">Fields of the object that the tree does not have.</param>
    private static ValueList<ManagedFieldsEntry> Entries(IKubeObject item, JsonValue tree, ValueList<ManagedFieldsEntry> owners, FieldSet known)
    {
        var schema = item.Schema;
        var free = ManagedFields.Strip(TypedTree.Compare(ManagedFields.EmptyTree(schema), tree, schema).Changed).Union(known);
        foreach (var entry in owners)
        {
            if (!IsBrief(entry)) free = free.Except(FieldSet.FromJson(entry.FieldsV1));
        }

        free = free.ExceptBelow(OwnershipRules.OfNobody(item, owners)).Except(OwnershipRules.OfNobodyThemselves(item, owners));

        // Those with a share of their own first; the rest of a part is its first writer's.
        var shares = new FieldSet[owners.Count];
        for (var i = 0; i < owners.Count; i++)
        {
            if (!IsBrief(owners[i]) || OwnershipRules.ShareOf(item, owners[i]) is not { } own) continue;
            shares[i] = free.Except(free.ExceptBelow(own));
            free = free.Except(shares[i]);
        }

        var entries = new List<ManagedFieldsEntry>(owners.Count);
        for (var i = 0; i < owners.Count; i++)
        {
            var entry = owners[i];
            if (!IsBrief(entry))
            {
                entries.Add(entry);
                continue;
            }

            var (main, status) = (free.Without(StatusField), free.From(StatusField));
            (var part, free) = entry.Subresource == Status ? (status, main) : (main, status);
            var fields = shares[i] is { } share ? part.Union(share) : part;
            if (fields.IsEmpty) continue;
            entries.Add(entry with { FieldsType = "FieldsV1", FieldsV1 = FormOf(fields), Time = TimeOf(item, tree, entry, isCreator: i == 0) });
        }

        // In the order in which entries are kept.
        return [.. entries.OrderBy(entry => entry.Operation, StringComparer.Ordinal).ThenBy(entry => entry.Time?.Time ?? DateTimeOffset.MinValue)
            .ThenBy(entry => entry.Manager, StringComparer.Ordinal).ThenBy(entry => entry.Subresource ?? "", StringComparer.Ordinal)];
    }

    private static JsonValue FormOf(FieldSet fields) => Forms.Count < MostShared ? Forms.GetOrAdd(fields, static set => set.ToJson()) : fields.ToJson();

    // A creator's time is the object's; others write what they saw happen, and when.
    private static Timestamp? TimeOf(IKubeObject item, JsonValue tree, ManagedFieldsEntry entry, bool isCreator)
    {
        var created = item.Metadata.CreationTimestamp;
        if (isCreator && entry.Subresource is null) return created;
        var newest = Newest(tree[entry.Subresource == Status ? Status : "spec"]) ?? DateTimeOffset.MinValue;
        return created is { } time && newest <= time.Time ? created : newest;
    }

    private static DateTimeOffset? Newest(JsonValue? tree)
    {
        if (tree is null) return null;
        DateTimeOffset? newest = null;
        if (tree.AsString is { Length: >= 20 and <= 27 } text && text[^1] == 'Z' && Rfc3339.TryParse(text, out var time)) return time;
        foreach (var item in tree.Items) newest = Later(newest, Newest(item));
        foreach (var (_, value) in tree.Members) newest = Later(newest, Newest(value));
        return newest;

        static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;
    }
}
