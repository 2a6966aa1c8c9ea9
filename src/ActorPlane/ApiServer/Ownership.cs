using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.ApiServer;

/// <summary>
/// The managed fields that a write by one of the cluster's own processes leaves. As a rule that is an entry in brief, which costs
/// nothing (<see cref="OwnersInBrief"/>); only where it may take fields from someone whose fields are noted are they compared.
/// </summary>
internal static class Ownership
{
    /// <summary>The entries of a new object.</summary>
    public static ValueList<ManagedFieldsEntry> OfNew(ResourceType type, IKubeObject item, string manager)
    {
        var owners = OwnersInBrief.With(ValueList<ManagedFieldsEntry>.Empty, manager, type.Info.Gvk.ApiVersion, "");

        // A kubelet brings its node's status along, which a real one writes a moment later.
        return item is Node { Status.Conditions.IsEmpty: false } ? OwnersInBrief.With(owners, manager, type.Info.Gvk.ApiVersion, "status") : owners;
    }

    /// <summary>The entries of an object that is written again.</summary>
    public static ValueList<ManagedFieldsEntry> After(ResourceType type, IKubeObject before, IKubeObject after, WriteScope scope, string manager, DateTimeOffset now)
    {
        var owners = before.Metadata.ManagedFields;

        // Who has no owners gets none.
        if (owners.IsEmpty) return owners;
        var part = scope == WriteScope.Status ? "status" : "";
        if (!MayTake(owners, part)) return OwnersInBrief.With(owners, manager, type.Info.Gvk.ApiVersion, part);
        var write = new FieldWrite(manager, type.Info.Gvk.ApiVersion, now, part)
        {
            Ignored = ResetFields.Of(type.Info, part),

            // Our own processes change nothing that has another name in another version.
            InVersion = (item, _) => (item, before.Schema),
        };
        var tree = JsonCodec.ToTree(after);
        var full = ManagedFields.Update(OwnersInBrief.Complete(before).Metadata.ManagedFields, JsonCodec.ToTree(before), tree, before.Schema, write);
        return OwnersInBrief.Shorten(full, owners, after, tree);
    }

    // Whether someone's fields in this part are noted.
    private static bool MayTake(ValueList<ManagedFieldsEntry> owners, string part)
    {
        foreach (var entry in owners)
        {
            if (OwnersInBrief.IsBrief(entry)) continue;
            if (part.Length == 0 || entry.FieldsV1?["f:status"] is not null) return true;
        }

        return false;
    }
}
