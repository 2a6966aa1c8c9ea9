using ActorPlane.Api;

namespace ActorPlane.Host.Manifests;

/// <summary>One object of a manifest, ready to be applied.</summary>
/// <param name="Resource">As kubectl names it: <c>deployments.apps</c>.</param>
/// <param name="Tree">What the manifest says, without defaults.</param>
/// <param name="Place">File and line where it stands.</param>
public sealed record ManifestObject(string Resource, IKubeObject Object, JsonValue Tree, string Place)
{
    /// <summary>As kubectl prints it: <c>deployment.apps/web</c>.</summary>
    public override string ToString()
    {
        var info = KubeTypes.Of(Object);
        return $"{info.Singular}{(info.Gvk.Group.Length == 0 ? "" : "." + info.Gvk.Group)}/{Object.Metadata.Name}";
    }
}
