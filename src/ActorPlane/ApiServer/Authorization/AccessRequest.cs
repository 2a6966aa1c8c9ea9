namespace ActorPlane.ApiServer.Authorization;

/// <summary>Who wants to do what (<c>apiserver/pkg/authorization/authorizer/interfaces.go</c>, Attributes).</summary>
/// <param name="User">The user's name.</param>
/// <param name="Groups">The groups that the user is in.</param>
/// <param name="Verb">get, list, create, ...; for paths the HTTP method in lower case.</param>
public sealed record AccessRequest(string User, IReadOnlyList<string> Groups, string Verb)
{
    /// <summary>A path that is no resource, such as <c>/healthz</c>; null for resources.</summary>
    public string? Path { get; init; }

    /// <summary>Empty for resources of the cluster, and for all namespaces.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>API group; empty for the core one.</summary>
    public string Group { get; init; } = "";

    /// <summary>Plural: <c>pods</c>.</summary>
    public string Resource { get; init; } = "";

    /// <summary>Such as <c>log</c>; empty for the resource itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The object's name; empty for a collection.</summary>
    public string Name { get; init; } = "";
}
