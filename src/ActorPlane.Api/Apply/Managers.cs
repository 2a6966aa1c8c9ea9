using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>The entries of managed fields while a write works on them.</summary>
internal sealed class Managers
{
    private readonly List<Owner> _owners = [];

    public IReadOnlyList<Owner> All => _owners;

    public static Managers Read(ValueList<ManagedFieldsEntry> entries)
    {
        var managers = new Managers();
        foreach (var entry in entries) managers._owners.Add(new Owner(entry, OwnersInBrief.SetOf(entry.FieldsV1)));
        return managers;
    }

    /// <summary>The owner that a write belongs to: updates are told apart by version, applies are not.</summary>
    public Owner? Find(string operation, FieldWrite write) => _owners.Find(o =>
        string.Equals(o.Entry.Operation, operation, StringComparison.Ordinal)
        && string.Equals(o.Entry.Manager ?? "", write.Manager, StringComparison.Ordinal)
        && string.Equals(o.Entry.Subresource ?? "", write.Subresource, StringComparison.Ordinal)
        && (operation == ManagedFields.ApplyOperation || string.Equals(o.Entry.ApiVersion, write.ApiVersion, StringComparison.Ordinal)));

    public FieldSet FieldsOf(string operation, FieldWrite write) => Find(operation, write)?.Fields ?? FieldSet.Empty;

    /// <summary>Takes what changes from everybody else, what goes from all, and forgets owners in versions that are not known any more.</summary>
    public void Lose(WriteChanges changes, Owner? except)
    {
        _owners.RemoveAll(owner => changes.In(owner.Entry.ApiVersion) is null);
        foreach (var owner in _owners)
        {
            var change = changes.In(owner.Entry.ApiVersion)!.Value;
            if (!ReferenceEquals(owner, except)) owner.Fields = owner.Fields.Except(change.Changed);
            owner.Fields = owner.Fields.Except(change.Removed);
        }
    }

    /// <summary>Takes fields from all: they are gone.</summary>
    public void Remove(FieldSet fields)
    {
        foreach (var owner in _owners) owner.Fields = owner.Fields.Except(fields);
    }

    /// <summary>Gives a writer its fields.</summary>
    public void Set(string operation, FieldWrite write, FieldSet fields, Timestamp? time)
    {
        var owner = Find(operation, write);
        if (owner is null) _owners.Add(owner = new Owner(ManagedFieldsEntry.Empty, FieldSet.Empty));
        owner.Fields = fields;
        owner.Entry = new ManagedFieldsEntry
        {
            Manager = write.Manager,
            Operation = operation,
            ApiVersion = write.ApiVersion,
            Time = time,
            FieldsType = "FieldsV1",
            FieldsV1 = owner.Fields.Equals(owner.Read) ? owner.Entry.FieldsV1 : null,
            Subresource = write.Subresource,
        };
    }

    public ValueList<ManagedFieldsEntry> Write(int mostUpdates, string ancient)
    {
        _owners.RemoveAll(o => o.Fields.IsEmpty);
        var updates = _owners.Where(o => o.Entry.Operation == ManagedFields.UpdateOperation).ToList();
        if (updates.Count > mostUpdates) Cap(updates, mostUpdates, ancient);

        // Applies first, then updates by time, then by name.
        return [.. _owners
            .OrderBy(o => o.Entry.Operation, StringComparer.Ordinal)
            .ThenBy(o => o.Entry.Time?.Time ?? DateTimeOffset.MinValue)
            .ThenBy(o => o.Entry.Manager, StringComparer.Ordinal)
            .ThenBy(o => o.Entry.ApiVersion, StringComparer.Ordinal)
            .ThenBy(o => o.Entry.Subresource ?? "", StringComparer.Ordinal)
            .Select(o => o.Fields.Equals(o.Read) && o.Entry.FieldsV1 is not null ? o.Entry : o.Entry with { FieldsV1 = o.Fields.ToJson() })];
    }

    private void Cap(List<Owner> updates, int most, string ancient)
    {
        var oldest = updates.OrderBy(o => o.Entry.Time?.Time ?? DateTimeOffset.MinValue).ThenBy(o => o.Entry.Manager, StringComparer.Ordinal).ToList();
        var merged = oldest[0];
        for (var i = 1; i <= updates.Count - most; i++)
        {
            merged.Fields = merged.Fields.Union(oldest[i].Fields);
            merged.Entry = merged.Entry with { Manager = ancient, Time = oldest[i].Entry.Time, Subresource = null };
            _owners.Remove(oldest[i]);
        }
    }

    internal sealed class Owner(ManagedFieldsEntry entry, FieldSet fields)
    {
        public ManagedFieldsEntry Entry { get; set; } = entry;

        public FieldSet Read { get; } = fields;

        public FieldSet Fields { get; set; } = fields;
    }
}
