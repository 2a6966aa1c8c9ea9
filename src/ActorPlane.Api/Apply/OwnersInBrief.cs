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
    private const string StatusField = "f:status";
    private const string AddressesField = "f:podIPs";

    // Few: each combination of writers once. Beyond that they are not shared.
    private const int MostShared = 4096;

    // Of a shape the text takes a few kB, and so does each form of a kind's fields. When there are too many they are worked out anew.
    private const int MostShapes = 1024;

    private static readonly ConcurrentDictionary<(ValueList<ManagedFieldsEntry> Owners, string Manager, string ApiVersion, string Subresource), ValueList<ManagedFieldsEntry>> Lists = new();
    private static readonly ConcurrentDictionary<FieldSet, JsonValue> FormsOfSets = new();
    private static readonly ConditionalWeakTable<JsonValue, FieldSet> SetsOfForms = [];
    private static readonly ConcurrentDictionary<string, ValueList<ManagedFieldsEntry>> Creations = new(StringComparer.Ordinal);
    private static readonly ConditionalWeakTable<IKubeObject, ValueList<ManagedFieldsEntry>> Known = [];
    private static readonly ConcurrentDictionary<string, JsonValue?[]> Shapes = new(StringComparer.Ordinal);
    private static readonly ValueList<PodIP> AnyAddress = [new PodIP { Ip = "0.0.0.0" }];
    private static readonly ValueList<HostIP> AnyHost = [new HostIP { Ip = "0.0.0.0" }];

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
        var full = Entries(item, tree, shorter);
        return [.. owners.Select(entry => brief.Find(known => IsSame(known, entry)) is { } known && full.Find(one => IsSame(one, entry))?.FieldsV1 == entry.FieldsV1 ? known : entry)];
    }

    private static bool IsSame(ManagedFieldsEntry one, ManagedFieldsEntry other) =>
        one.Manager == other.Manager && one.Operation == other.Operation && one.ApiVersion == other.ApiVersion && one.Subresource == other.Subresource;

    // Sets of fields are worked out once for each shape of objects; what is an object's own are the times.
    private static ValueList<ManagedFieldsEntry> Entries(IKubeObject stored)
    {
        var owners = stored.Metadata.ManagedFields;
        if (stored is CustomObject) return Entries(stored, JsonCodec.ToTree(stored), owners);
        var (alike, address) = Alike(stored, owners);
        var shape = OwnedShape.Of(alike.Schema, JsonCodec.Encode(alike.WithMetadata(alike.Metadata with { ManagedFields = ValueList<ManagedFieldsEntry>.Empty })), OwnershipRules.TokenOf(alike));
        try
        {
            foreach (var entry in owners)
            {
                shape.Add(entry.Manager);
                shape.Add(entry.Subresource);
                shape.Add(IsBrief(entry) ? "-" : entry.FieldsV1?.ToString());
            }

            if (!Shapes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(shape.Text, out var fields))
            {
                if (Shapes.Count >= MostShapes) Shapes.Clear();
                fields = Forms(FieldsOf(alike, JsonCodec.ToTree(alike), owners));
                if (shape.IsShort) Shapes[shape.Text.ToString()] = fields;
            }

            return Timed(stored, owners, address is null ? fields : Array.ConvertAll(fields, form => WithAddress(form, address)), shape.NewestOfSpec, shape.NewestOfStatus);
        }
        finally
        {
            shape.Dispose();
        }
    }

    private static ValueList<ManagedFieldsEntry> Entries(IKubeObject item, JsonValue tree, ValueList<ManagedFieldsEntry> owners) =>
        Timed(item, owners, Forms(FieldsOf(item, tree, owners)), Newest(tree["spec"]), Newest(tree[Status]));

    // An address is a pod's own: the field that it is the key of is worked out for another one, which then is replaced.
    private static (IKubeObject Item, string? Address) Alike(IKubeObject stored, ValueList<ManagedFieldsEntry> owners)
    {
        if (stored is not Pod { Status.PodIPs: [{ Ip: { } address }] } pod) return (stored, null);
        foreach (var entry in owners)
        {
            if (entry.FieldsV1?[StatusField] is not null) return (stored, null);
        }

        return (pod with { Status = pod.Status with { PodIPs = AnyAddress, HostIPs = pod.Status.HostIPs.IsEmpty ? pod.Status.HostIPs : AnyHost } }, address);
    }

    private static JsonValue? WithAddress(JsonValue? form, string address)
    {
        if (form?[StatusField] is not { } status || status[AddressesField] is not { } addresses) return form;
        var own = new JsonMember[addresses.Members.Length];
        for (var i = 0; i < own.Length; i++)
        {
            var member = addresses.Members[i];
            own[i] = member.Name == "." ? member : new JsonMember("k:" + JsonValue.WrapObject([new JsonMember("ip", JsonValue.Of(address))]), member.Value);
        }

        return form.With(StatusField, status.With(AddressesField, JsonValue.WrapObject(own)));
    }

    /// <summary>The fields of each owner; null for those that are noted.</summary>
    private static FieldSet?[] FieldsOf(IKubeObject item, JsonValue tree, ValueList<ManagedFieldsEntry> owners)
    {
        var schema = item.Schema;
        var free = ManagedFields.Strip(TypedTree.Compare(ManagedFields.EmptyTree(schema), tree, schema).Changed);
        foreach (var entry in owners)
        {
            if (!IsBrief(entry)) free = free.Except(SetOf(entry.FieldsV1));
        }

        free = free.ExceptBelow(OwnershipRules.OfNobody(item, owners)).Except(OwnershipRules.OfNobodyThemselves(item, owners));

        // Those with a share of their own first; the rest of a part is its first writer's.
        var fields = new FieldSet?[owners.Count];
        for (var i = 0; i < owners.Count; i++)
        {
            if (!IsBrief(owners[i]) || OwnershipRules.ShareOf(item, owners[i]) is not { } own) continue;
            var share = free.Except(free.ExceptBelow(own));
            fields[i] = share;
            free = free.Except(share);
        }

        for (var i = 0; i < owners.Count; i++)
        {
            if (!IsBrief(owners[i])) continue;
            var (main, status) = (free.Without(StatusField), free.From(StatusField));
            (var part, free) = owners[i].Subresource == Status ? (status, main) : (main, status);
            fields[i] = fields[i] is { } share ? part.Union(share) : part;
        }

        return fields;
    }

    private static JsonValue?[] Forms(FieldSet?[] fields) => Array.ConvertAll(fields, static set => set is null || set.IsEmpty ? null : FormOf(set));

    // In the order in which entries are kept; without those in brief that have nothing.
    private static ValueList<ManagedFieldsEntry> Timed(
        IKubeObject item, ValueList<ManagedFieldsEntry> owners, JsonValue?[] fields, DateTimeOffset? ofSpec, DateTimeOffset? ofStatus)
    {
        var entries = new List<ManagedFieldsEntry>(owners.Count);
        for (var i = 0; i < owners.Count; i++)
        {
            var entry = owners[i];
            if (!IsBrief(entry)) entries.Add(entry);
            else if (fields[i] is { } own) entries.Add(entry with { FieldsType = "FieldsV1", FieldsV1 = own, Time = TimeOf(item, entry, i == 0, entry.Subresource == Status ? ofStatus : ofSpec) });
        }

        return [.. entries.OrderBy(entry => entry.Operation, StringComparer.Ordinal).ThenBy(entry => entry.Time?.Time ?? DateTimeOffset.MinValue)
            .ThenBy(entry => entry.Manager, StringComparer.Ordinal).ThenBy(entry => entry.Subresource ?? "", StringComparer.Ordinal)];
    }

    /// <summary>The fields of an entry.</summary>
    internal static FieldSet SetOf(JsonValue? form) => form is not null && SetsOfForms.TryGetValue(form, out var set) ? set : FieldSet.FromJson(form);

    /// <summary>The entry of a writer who creates an object; none when it says nothing that is owned.</summary>
    internal static ValueList<ManagedFieldsEntry> OfNew(IKubeObject item, ValueSchema schema, FieldWrite write)
    {
        if (item is CustomObject) return Entry(item, schema, write);
        var shape = OwnedShape.Of(item.Schema, JsonCodec.Encode(item), null);
        try
        {
            shape.Add(write.Manager);
            shape.Add(write.ApiVersion);
            shape.Add(write.Subresource);
            foreach (var path in write.Ignored) shape.Add(path);
            if (!Creations.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(shape.Text, out var entries))
            {
                if (Creations.Count >= MostShapes) Creations.Clear();
                entries = [.. Entry(item, schema, write).Select(static entry => entry with { FieldsV1 = FormOf(FieldSet.FromJson(entry.FieldsV1)) })];
                if (shape.IsShort) Creations[shape.Text.ToString()] = entries;
            }

            return entries.IsEmpty ? entries : [entries[0] with { Time = write.Time }];
        }
        finally
        {
            shape.Dispose();
        }

        static ValueList<ManagedFieldsEntry> Entry(IKubeObject item, ValueSchema schema, FieldWrite write) =>
            ManagedFields.Update(ValueList<ManagedFieldsEntry>.Empty, null, JsonCodec.ToTree(item), schema, write);
    }

    private static JsonValue FormOf(FieldSet fields)
    {
        if (FormsOfSets.TryGetValue(fields, out var known)) return known;
        if (FormsOfSets.Count >= MostShapes) FormsOfSets.Clear();
        var form = FormsOfSets.GetOrAdd(fields, static set => Kept(set.ToJson()));
        SetsOfForms.AddOrUpdate(form, fields);
        return form;
    }

    // Where a pod's address goes the parts around it keep their texts.
    private static JsonValue Kept(JsonValue form)
    {
        if (form[StatusField] is not { } status || status[AddressesField] is null) return form.WithText();
        var parts = status.Members.ToArray();
        return form.With(StatusField, JsonValue.WrapObject(Array.ConvertAll(parts, static part => part.Name == AddressesField ? part : new JsonMember(part.Name, part.Value.WithText()))));
    }

    // A creator's time is the object's; others write what they saw happen, and when.
    private static Timestamp? TimeOf(IKubeObject item, ManagedFieldsEntry entry, bool isCreator, DateTimeOffset? newest)
    {
        var created = item.Metadata.CreationTimestamp;
        if (isCreator && entry.Subresource is null) return created;
        newest ??= DateTimeOffset.MinValue;
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
