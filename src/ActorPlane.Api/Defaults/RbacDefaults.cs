using ActorPlane.Api.Rbac.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/rbac/v1/defaults.go.</summary>
public static class RbacDefaults
{
    private const string Group = "rbac.authorization.k8s.io";

    /// <summary>The role is one of RBAC's; users and groups too.</summary>
    public static RoleBinding Apply(RoleBinding value) => value with { RoleRef = Apply(value.RoleRef), Subjects = value.Subjects.Each(Apply) };

    /// <summary>The role is one of RBAC's; users and groups too.</summary>
    public static ClusterRoleBinding Apply(ClusterRoleBinding value) => value with { RoleRef = Apply(value.RoleRef), Subjects = value.Subjects.Each(Apply) };

    private static RoleRef Apply(RoleRef reference) => reference.ApiGroup.IsBlank() ? reference with { ApiGroup = Group } : reference;

    private static Subject Apply(Subject subject) =>
        subject.ApiGroup.IsBlank() && subject.Kind is ("User" or "Group") ? subject with { ApiGroup = Group } : subject;
}
