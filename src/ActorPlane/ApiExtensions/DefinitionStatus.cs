using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.ApiExtensions;

/// <summary>Conditions of a definition. (<c>apiextensions-apiserver/pkg/apihelpers/helpers.go</c>, SetCRDCondition.)</summary>
public static class DefinitionStatus
{
    /// <summary>Holds a definition until its objects are gone.</summary>
    public const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";

    /// <summary>The definition with a condition set; its time changes only with its status. The same instance when nothing changes.</summary>
    public static CustomResourceDefinition With(CustomResourceDefinition definition, string type, bool isTrue, string reason, string message, DateTimeOffset now)
    {
        var conditions = definition.Status.Conditions;
        var at = conditions.FindIndex(condition => condition.Type == type);
        var status = isTrue ? "True" : "False";
        if (at >= 0 && conditions[at] is var known && known.Status == status && known.Reason == reason && known.Message == message) return definition;
        var condition = new CustomResourceDefinitionCondition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            LastTransitionTime = at >= 0 && conditions[at].Status == status ? conditions[at].LastTransitionTime : now,
        };
        return definition with { Status = definition.Status with { Conditions = at < 0 ? conditions.Add(condition) : conditions.SetItem(at, condition) } };
    }

    /// <summary>The definition when its deletion is asked for: it stays until its objects are gone, and takes in no new ones.</summary>
    public static CustomResourceDefinition Deleted(CustomResourceDefinition definition, DateTimeOffset now)
    {
        var metadata = definition.Metadata;
        if (!metadata.Finalizers.Contains(Finalizer)) metadata = metadata with { Finalizers = metadata.Finalizers.Add(Finalizer) };
        return With(
            definition with { Metadata = metadata }, CustomResources.Terminating, true, "InstanceDeletionPending",
            "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", now);
    }

    /// <summary>
    /// The definition with a condition that says whether it may use a group of the community; the same instance for other groups.
    /// (<c>apiextensions-apiserver/pkg/controller/apiapproval</c>.)
    /// </summary>
    public static CustomResourceDefinition WithApproval(CustomResourceDefinition definition, DateTimeOffset now)
    {
        if (!ApiApproval.IsNeeded(definition)) return definition;
        var (isApproved, reason, message) = ApiApproval.Of(definition);
        return With(definition, "KubernetesAPIApprovalPolicyConformant", isApproved, reason, message, now);
    }

    /// <summary>The definition with the version that is stored now among those that ever were.</summary>
    public static CustomResourceDefinition WithStoredVersion(CustomResourceDefinition definition)
    {
        var stored = definition.Spec.Versions.Find(version => version.Storage == true)?.Name;
        return stored is null || definition.Status.StoredVersions.Contains(stored)
            ? definition
            : definition with { Status = definition.Status with { StoredVersions = definition.Status.StoredVersions.Add(stored) } };
    }
}
