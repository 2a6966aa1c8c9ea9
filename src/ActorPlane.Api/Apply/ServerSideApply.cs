using System.Globalization;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>
/// Server-side apply: a manager says what it wants a part of an object to be; it owns those fields, and loses what it no longer says.
/// Source: sigs.k8s.io/structured-merge-diff/merge/update.go, apimachinery/pkg/util/managedfields.
/// </summary>
public static class ServerSideApply
{
    private const string BeforeFirstApply = "before-first-apply";

    /// <summary>What came of an apply.</summary>
    /// <param name="Object">The object to be stored, without its managed fields; the live one when there are conflicts.</param>
    /// <param name="ManagedFields">The entries to be stored.</param>
    /// <param name="Conflict">The answer 409 that names the conflicts; null when there are none.</param>
    public sealed record Result(JsonValue Object, ValueList<ManagedFieldsEntry> ManagedFields, Status? Conflict);

    /// <summary>Why a configuration is none of its kind, such as <c>.spec.foo: field not declared in schema</c>; null when it is one.</summary>
    public static string? Problem(JsonValue config, ValueSchema schema) => AppliedTree.Problem(config, schema);

    /// <summary>
    /// Applies a configuration. kubectl, under its own name, takes over what it applied on the client's side before, and keeps the
    /// annotation in which it remembers that (<c>lastappliedmanager.go</c>, <c>lastappliedupdater.go</c>).
    /// Throws <see cref="PatchException"/> when the configuration makes no sense.
    /// </summary>
    /// <param name="before">The entries of the stored object.</param>
    /// <param name="live">The stored object; null when there is none yet.</param>
    /// <param name="config">What the manager wants; without managed fields.</param>
    /// <param name="schema">The object's type.</param>
    /// <param name="write">Who applies.</param>
    /// <param name="force">Whether fields of others are taken over.</param>
    public static Result Apply(
        ValueList<ManagedFieldsEntry> before, JsonValue? live, JsonValue config, ValueSchema schema, FieldWrite write, bool force)
    {
        var isKubectl = write.Manager == LastApplied.Manager;
        var allowed = isKubectl && !force && live is not null ? LastApplied.StillSo(live, schema, write.ApiVersion) : null;
        var result = Apply(before, live, config, schema, write, force, allowed);
        return isKubectl && result.Conflict is null ? result with { Object = LastApplied.Renew(result.Object, config) } : result;
    }

    private static Result Apply(
        ValueList<ManagedFieldsEntry> before, JsonValue? live, JsonValue config, ValueSchema schema, FieldWrite write, bool force, FieldSet? allowed)
    {
        if (config["metadata"]?["managedFields"] is { IsArray: true, Items.Length: > 0 }) throw new PatchException("metadata.managedFields must be nil");
        var current = live ?? Api.ManagedFields.EmptyTree(schema);
        var managers = Managers.Read(before);

        // What was there before anybody applied keeps an owner, so that the first apply meets conflicts.
        if (live is not null && before.IsEmpty)
        {
            var first = new WriteChanges(Api.ManagedFields.EmptyTree(schema), live, schema, write);
            managers.Set(
                Api.ManagedFields.UpdateOperation, write with { Manager = BeforeFirstApply }, Api.ManagedFields.Strip(first.Own.Changed), write.Time);
        }

        var claimed = Api.ManagedFields.Strip(TypedTree.Fields(config, schema)).ExceptBelow(FieldSet.OfPaths(write.Ignored));
        var merged = TypedTree.Merge(current, config, schema);
        var last = managers.Find(Api.ManagedFields.ApplyOperation, write);
        if (last is not null)
        {
            // Fields that it owned and no longer names go, unless somebody else owns them too or something below them.
            var dropped = last.Fields.Except(claimed);
            foreach (var other in managers.All)
            {
                if (!ReferenceEquals(other, last)) dropped = Keep(dropped, other.Fields);
            }

            merged = TypedTree.Remove(merged, Keep(dropped, claimed), schema);
        }

        var changes = new WriteChanges(current, merged, schema, write);
        var conflicts = new List<(ManagedFieldsEntry Owner, string Path)>();
        var isTakenOver = true;
        foreach (var other in managers.All)
        {
            if (ReferenceEquals(other, last) || changes.In(other.Entry.ApiVersion) is not { } change) continue;
            var lost = other.Fields.Intersection(Api.ManagedFields.Strip(change.Changed));
            if (allowed is not null) lost = lost.Except(allowed);
            foreach (var path in lost.Paths()) conflicts.Add((other.Entry, path));
            isTakenOver &= lost.IsEmpty;
        }

        if (!isTakenOver && !force) return new Result(current, before, Refuse(conflicts));
        managers.Lose(changes, last);

        // An apply that changes nothing but who owns what has no time of its own (internal/managedfieldsupdater.go).
        managers.Set(Api.ManagedFields.ApplyOperation, write, claimed, live is null || !current.Equals(merged) ? write.Time : last?.Entry.Time);
        return new Result(merged, managers.Write(int.MaxValue, ""), null);
    }

    // Paths that are not owned, nor have something owned below them.
    private static FieldSet Keep(FieldSet dropped, FieldSet owned)
    {
        if (dropped.IsEmpty || owned.IsEmpty) return dropped;
        var result = JsonValue.EmptyObject;
        foreach (var (step, value) in dropped.ToJson().Members)
        {
            if (!owned.Touches(step))
            {
                result = result.With(step, value);
                continue;
            }

            var below = Keep(dropped.Below(step), owned.Below(step));
            if (!below.IsEmpty) result = result.With(step, below.ToJson());
        }

        return FieldSet.FromJson(result);
    }

    private static Status Refuse(List<(ManagedFieldsEntry Owner, string Path)> conflicts)
    {
        var causes = conflicts.Select(c => new StatusCause { Reason = "FieldManagerConflict", Message = "conflict with " + Name(c.Owner), Field = c.Path }).ToValueList();
        if (conflicts.Count == 1)
        {
            return ApiErrors.ApplyConflict(causes, $"Apply failed with 1 conflict: conflict with {Name(conflicts[0].Owner)}: {conflicts[0].Path}");
        }

        var lines = new List<string>();
        foreach (var group in conflicts.GroupBy(c => Name(c.Owner), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            lines.Add($"conflicts with {group.Key}:");
            lines.AddRange(group.Select(c => "- " + c.Path));
        }

        return ApiErrors.ApplyConflict(
            causes, string.Create(CultureInfo.InvariantCulture, $"Apply failed with {conflicts.Count} conflicts: {string.Join("\n", lines)}"));
    }

    private static string Name(ManagedFieldsEntry owner)
    {
        var name = GoText.Quote(owner.Manager ?? "");
        if (!owner.Subresource.IsBlank()) name += $" with subresource {GoText.Quote(owner.Subresource!)}";
        return owner.Operation == Api.ManagedFields.UpdateOperation ? $"{name} using {owner.ApiVersion}" : name;
    }
}
