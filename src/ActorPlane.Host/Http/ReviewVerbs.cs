using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>Questions about users and rights: posted, answered with their status filled in, never stored.</summary>
internal static class ReviewVerbs
{
    /// <summary>Whether a resource is a question.</summary>
    public static bool IsReview(ResourceInfo info) => info.Gvk.Group is "authorization.k8s.io" or "authentication.k8s.io";

    /// <summary>POST of a review.</summary>
    public static async Task Review(ApiRequest request)
    {
        var info = request.Path.Info;
        var item = (await RequestBody.Read(request.Http.Request)).Object(request, info.Gvk, info.Schema);
        var tree = JsonCodec.ToTree(item);
        await Answers.Tree(request.Http, tree.With("status", StatusOf(request, info.Gvk.Kind, tree["spec"] ?? JsonValue.EmptyObject)), 201);
    }

    private static JsonValue StatusOf(ApiRequest request, string kind, JsonValue spec)
    {
        switch (kind)
        {
            case "SelfSubjectReview":
                return JsonValue.Object(("userInfo", UserInfo(request.User)));
            case "SelfSubjectRulesReview":
                var all = JsonValue.Array(JsonValue.Of("*"));
                return JsonValue.Object(
                    ("resourceRules", JsonValue.Array(JsonValue.Object(("verbs", all), ("apiGroups", all), ("resources", all)))),
                    ("nonResourceRules", JsonValue.Array(JsonValue.Object(("verbs", all), ("nonResourceURLs", all)))), ("incomplete", JsonValue.False));
            case "TokenReview":
                // There are no tokens yet: none is anybody's.
                return JsonValue.Object(("user", JsonValue.EmptyObject), ("error", JsonValue.Of("this server issues no tokens")));
            default:
                var what = spec["resourceAttributes"] ?? spec["nonResourceAttributes"] ?? JsonValue.EmptyObject;
                var user = kind == "SelfSubjectAccessReview" ? request.User : new RequestUser(spec["user"]?.AsString ?? "", "", []);
                var isAllowed = Authorizer.IsAllowed(user, what["verb"]?.AsString ?? "*", what["resource"]?.AsString ?? what["path"]?.AsString ?? "*");
                return isAllowed
                    ? JsonValue.Object(("allowed", JsonValue.True), ("reason", JsonValue.Of(Authorizer.Reason)))
                    : JsonValue.Object(("allowed", JsonValue.False));
        }
    }

    private static JsonValue UserInfo(RequestUser user)
    {
        var info = JsonValue.Object(("username", JsonValue.Of(user.Name)));
        if (user.Uid.Length > 0) info = info.With("uid", JsonValue.Of(user.Uid));
        return info.With("groups", JsonValue.Array(user.Groups.Select(JsonValue.Of)));
    }
}
