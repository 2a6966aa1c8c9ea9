using ActorPlane.Api.Authorization.V1;
using ActorPlane.Api.Rbac.V1;
using ActorPlane.ApiServer;
using ActorPlane.ApiServer.Authorization;

namespace ActorPlane.Host.Http;

/// <summary>
/// Who may do what. On a plain HTTP port of the loopback interface nobody is kept from anything; reviews tell what the
/// rules say: members of <c>system:masters</c> may do everything, others what their roles allow.
/// </summary>
public static class Authorizer
{
    /// <summary>Whether a request may be served.</summary>
    /// <param name="user">Who.</param>
    /// <param name="verb">get, list, create, ...</param>
    /// <param name="path">On what.</param>
    public static bool IsAllowed(RequestUser user, string verb, string path) => user.Name.Length > 0 && verb.Length > 0 && path.Length > 0;

    /// <summary>What the rules say.</summary>
    public static AccessDecision Review(ApiServerSnapshot snapshot, AccessRequest request) =>
        request.Groups.Contains(RequestUser.Masters) ? new AccessDecision(true, "") : RbacEvaluator.Decide(snapshot, request);

    /// <summary>All that a user may do in a namespace.</summary>
    public static SubjectRulesReviewStatus Rules(ApiServerSnapshot snapshot, RequestUser user, string @namespace)
    {
        var rules = RbacEvaluator.RulesFor(snapshot, user.Name, user.Groups, @namespace, out var errors);
        if (user.Groups.Contains(RequestUser.Masters))
        {
            rules =
            [
                new PolicyRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] },
                new PolicyRule { Verbs = ["*"], NonResourceURLs = ["*"] },
                .. rules,
            ];
        }

        return new SubjectRulesReviewStatus
        {
            ResourceRules =
            [
                .. rules.Where(static rule => !rule.Resources.IsEmpty).Select(static rule => new ResourceRule
                {
                    Verbs = rule.Verbs, ApiGroups = rule.ApiGroups, Resources = rule.Resources, ResourceNames = rule.ResourceNames,
                }),
            ],
            NonResourceRules =
            [
                .. rules.Where(static rule => !rule.NonResourceURLs.IsEmpty).Select(static rule => new NonResourceRule { Verbs = rule.Verbs, NonResourceURLs = rule.NonResourceURLs }),
            ],
            Incomplete = false,
            EvaluationError = errors.Count == 0 ? null : string.Join(", ", errors),
        };
    }
}
