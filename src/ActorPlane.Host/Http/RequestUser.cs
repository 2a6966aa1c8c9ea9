using ActorPlane.Api;
using ActorPlane.Api.Authentication.V1;

namespace ActorPlane.Host.Http;

/// <summary>Who asks.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Uid">May be empty.</param>
/// <param name="Groups">The groups that the user is in.</param>
/// <param name="Extra">What else is known of the user.</param>
public sealed record RequestUser(string Name, string Uid, ValueList<string> Groups, ValueMap<ValueList<string>> Extra)
{
    /// <summary>Every user that is known is in this group.</summary>
    public const string Authenticated = "system:authenticated";

    /// <summary>Nobody known.</summary>
    public const string Anonymous = "system:anonymous";

    /// <summary>May do everything, whatever rules there are.</summary>
    public const string Masters = "system:masters";

    private const string ServiceAccounts = "system:serviceaccounts";
    private const string ServiceAccountPrefix = "system:serviceaccount:";

    /// <summary>Over plain HTTP nobody can prove anything: who shows nothing is this one.</summary>
    public static RequestUser Admin { get; } = new("admin", "", [Masters, Authenticated], ValueMap<ValueList<string>>.Empty);

    /// <summary>The groups of a service account, or none when the name is not one's.</summary>
    public static ValueList<string> ServiceAccountGroups(string name) =>
        name.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal) && name[ServiceAccountPrefix.Length..].Split(':') is [{ Length: > 0 } scope, { Length: > 0 }]
            ? [ServiceAccounts, $"{ServiceAccounts}:{scope}"]
            : [];

    /// <summary>How a service account is called as a user.</summary>
    public static string ServiceAccountName(string @namespace, string name) => $"{ServiceAccountPrefix}{@namespace}:{name}";

    /// <summary>As reviews show it.</summary>
    public UserInfo ToUserInfo() => new() { Username = Name, Uid = Uid, Groups = Groups, Extra = Extra };
}
