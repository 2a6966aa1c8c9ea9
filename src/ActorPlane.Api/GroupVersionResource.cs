namespace ActorPlane.Api;

/// <summary>A resource (plural, lower case) in a version of an API group; the core group is the empty text.</summary>
public readonly record struct GroupVersionResource(string Group, string Version, string Resource)
{
    /// <summary>As paths name it: <c>apps/v1</c>, or <c>v1</c> for the core group.</summary>
    public string GroupVersion => Group.Length == 0 ? Version : Group + "/" + Version;

    /// <summary>As errors name it: <c>deployments.apps</c>, or <c>pods</c> for the core group.</summary>
    public string GroupResource => Group.Length == 0 ? Resource : Resource + "." + Group;

    /// <summary>As Go prints it in errors: <c>apps/v1, Resource=deployments</c>.</summary>
    public override string ToString() => $"{GroupVersion}, Resource={Resource}";
}
