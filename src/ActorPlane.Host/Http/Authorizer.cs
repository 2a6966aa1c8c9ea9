namespace ActorPlane.Host.Http;

/// <summary>Who may do what. On a plain HTTP port of the loopback interface everybody may do everything.</summary>
public static class Authorizer
{
    /// <summary>Why access reviews say yes.</summary>
    public const string Reason = "everything is allowed to everybody over plain HTTP";

    /// <summary>Whether a user may do something.</summary>
    /// <param name="user">Who.</param>
    /// <param name="verb">get, list, create, ...</param>
    /// <param name="path">On what.</param>
    public static bool IsAllowed(RequestUser user, string verb, string path) => user.Name.Length > 0 && verb.Length > 0 && path.Length > 0;
}
