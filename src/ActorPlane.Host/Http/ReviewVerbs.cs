using ActorPlane.Api;
using ActorPlane.Api.Authentication.V1;
using ActorPlane.Api.Authorization.V1;
using ActorPlane.ApiServer.Authorization;
using ActorPlane.Host.Http.Identity;

namespace ActorPlane.Host.Http;

/// <summary>
/// Questions about users and rights: posted, answered with their status filled in, never stored
/// (<c>pkg/registry/authorization</c>, <c>pkg/registry/authentication</c>).
/// </summary>
internal sealed class ReviewVerbs(HttpGatewayClient client, ServiceAccountTokens tokens)
{
    /// <summary>Whether a resource is a question.</summary>
    public static bool IsReview(ResourceInfo info) => info.Gvk.Group is "authorization.k8s.io" or "authentication.k8s.io";

    /// <summary>POST of a review.</summary>
    public async Task Review(ApiRequest request)
    {
        var info = request.Path.Info;
        var item = (await RequestBody.Read(request.Http.Request)).Object(request, info.Gvk, info.Schema);
        IKubeObject answer = item switch
        {
            SelfSubjectReview review => review with { Status = new SelfSubjectReviewStatus { UserInfo = request.User.ToUserInfo() } },
            TokenReview review => review with { Status = Review(review) },
            SelfSubjectRulesReview review => review with { Status = Rules(request, review) },
            SelfSubjectAccessReview review => review with { Status = Self(request, review) },
            SubjectAccessReview review => review with { Status = Of(info.Gvk, review.Spec) },
            LocalSubjectAccessReview review => review with { Status = Local(request, review) },
            _ => throw new StatusException(ApiErrors.NoSuchResource()),
        };
        await Answers.Object(request, answer, client.Now, 201);
    }

    private TokenReviewStatus Review(TokenReview review)
    {
        if (review.Spec.Token is not { } token) throw new StatusException(ApiErrors.BadRequest("token is required for TokenReview in authentication"));
        try
        {
            var user = tokens.UserOf(token, review.Spec.Audiences, out var audiences);
            return new TokenReviewStatus { Authenticated = true, User = user.ToUserInfo(), Audiences = audiences };
        }
        catch (TokenException e)
        {
            return new TokenReviewStatus { Error = e.Message };
        }
    }

    private SubjectRulesReviewStatus Rules(ApiRequest request, SelfSubjectRulesReview review) => string.IsNullOrEmpty(review.Spec.Namespace)
        ? throw new StatusException(ApiErrors.BadRequest("no namespace on request"))
        : Authorizer.Rules(client.Snapshot, request.User, review.Spec.Namespace);

    private SubjectAccessReviewStatus Self(ApiRequest request, SelfSubjectAccessReview review)
    {
        Check(request.Path.Info.Gvk, Errors(review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes));
        return Decide(request.User.Name, request.User.Groups, review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes);
    }

    private SubjectAccessReviewStatus Of(GroupVersionKind kind, SubjectAccessReviewSpec spec)
    {
        var errors = Errors(spec.ResourceAttributes, spec.NonResourceAttributes);
        if (string.IsNullOrEmpty(spec.User) && spec.Groups.IsEmpty)
            errors.Add(FieldError.Invalid(FieldPath.Of("spec", "user"), spec.User, "at least one of user or group must be specified"));
        Check(kind, errors);
        return Decide(spec.User ?? "", spec.Groups, spec.ResourceAttributes, spec.NonResourceAttributes);
    }

    private SubjectAccessReviewStatus Local(ApiRequest request, LocalSubjectAccessReview review)
    {
        var errors = new List<FieldError>();
        var home = review.Spec.ResourceAttributes?.Namespace ?? "";
        if (review.Spec.ResourceAttributes is not null && home != request.Path.Namespace)
            errors.Add(FieldError.Invalid(FieldPath.Of("spec", "resourceAttributes", "namespace"), home, "must match metadata.namespace"));
        if (review.Spec.NonResourceAttributes is not null)
            errors.Add(FieldError.Forbidden(FieldPath.Of("spec", "nonResourceAttributes"), "disallowed on this kind of request"));
        Check(request.Path.Info.Gvk, errors);
        return Of(request.Path.Info.Gvk, review.Spec);
    }

    private static List<FieldError> Errors(ResourceAttributes? resource, NonResourceAttributes? path) => (resource, path) switch
    {
        (not null, not null) => [FieldError.InvalidGo(FieldPath.Of("spec", "nonResourceAttributes"), JsonCodec.ToTree(path).ToString(), "cannot be specified in combination with resourceAttributes")],
        (null, null) => [FieldError.InvalidGo(FieldPath.Of("spec", "resourceAttributes"), "null", "exactly one of nonResourceAttributes or resourceAttributes must be specified")],
        _ => [],
    };

    private static void Check(GroupVersionKind kind, List<FieldError> errors)
    {
        if (errors.Count > 0) throw new StatusException(ApiErrors.Invalid(kind, "", errors));
    }

    private SubjectAccessReviewStatus Decide(string user, ValueList<string> groups, ResourceAttributes? resource, NonResourceAttributes? path)
    {
        var decision = Authorizer.Review(client.Snapshot, new AccessRequest(user, groups, (path is null ? resource!.Verb : path.Verb) ?? "")
        {
            Path = path is null ? null : path.Path ?? "",
            Namespace = resource?.Namespace ?? "",
            Group = resource?.Group ?? "",
            Resource = resource?.Resource ?? "",
            Subresource = resource?.Subresource ?? "",
            Name = resource?.Name ?? "",
        });
        return new SubjectAccessReviewStatus { Allowed = decision.IsAllowed, Reason = decision.Reason };
    }
}
