using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// What may not be done to namespaces and in them. (<c>G/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go</c>.)
/// </summary>
public static class NamespaceAdmission
{
    private const string TerminatingCause = "NamespaceTerminating";
    private static readonly GroupVersionResource Namespaces = new("", "v1", "namespaces");

    /// <summary>Whether the cluster cannot do without it.</summary>
    public static bool IsImmortal(string name) => name is "default" or "kube-system" or "kube-public";

    /// <summary>The refusal to delete an immortal one.</summary>
    public static Status MayNotBeDeleted(string name) => ApiErrors.Forbidden(Namespaces, name, "this namespace may not be deleted");

    /// <summary>Whether a refusal is that of a new object in a namespace that is being deleted.</summary>
    public static bool IsTerminating(Status? refusal) => refusal?.Details?.Causes.Find(cause => cause.Reason == TerminatingCause) is not null;

    /// <summary>The refusal of a new object in a namespace that is being deleted. Controllers know it by its cause.</summary>
    public static Status IsTerminating(GroupVersionResource resource, ObjectMeta metadata) => ApiErrors.Forbidden(
        resource, metadata.Name!, $"unable to create new content in namespace {metadata.Namespace} because it is being terminated",
        new StatusCause { Reason = TerminatingCause, Message = $"namespace {metadata.Namespace} is being terminated", Field = "metadata.namespace" });
}
