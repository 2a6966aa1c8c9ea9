using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>
/// Groups below k8s.io and kubernetes.io are the community's: a definition in one says where it was approved, or that it was not.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apihelpers/helpers.go (GetAPIApprovalState).
/// </summary>
public static class ApiApproval
{
    private const string See = "see https://github.com/kubernetes/enhancements/pull/1111";
    private const string Must = "protected groups must have approval annotation \"" + Annotation + "\"";

    /// <summary>Holds the address of the approval, or <c>unapproved</c> and a reason.</summary>
    public const string Annotation = "api-approved.kubernetes.io";

    /// <summary>Whether the definition's group is the community's.</summary>
    public static bool IsNeeded(CustomResourceDefinition definition)
    {
        var group = "." + definition.Spec.Group;
        return group.EndsWith(".k8s.io", StringComparison.Ordinal) || group.EndsWith(".kubernetes.io", StringComparison.Ordinal);
    }

    /// <summary>How a definition of such a group stands, as its condition says it.</summary>
    public static (bool IsApproved, string Reason, string Message) Of(CustomResourceDefinition definition)
    {
        if (!definition.Metadata.Annotations.TryGetValue(Annotation, out var approval)) return (false, "MissingAnnotation", $"{Must}, {See}");
        if (approval.StartsWith("unapproved", StringComparison.Ordinal)) return (false, "UnapprovedAnnotation", $"not approved: {GoText.Quote(approval)}");
        return Uri.TryCreate(approval, UriKind.Absolute, out var url) && url.Host.Length > 0
            ? (true, "ApprovedAnnotation", "approved in " + approval)
            : (false, "InvalidAnnotation", $"{Must} with either a URL or a reason starting with \"unapproved\", {See}");
    }
}
