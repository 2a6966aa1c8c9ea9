using ActorPlane.Api;
using ActorPlane.Api.Authentication.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Http.Identity;

/// <summary>POST of a TokenRequest to <c>serviceaccounts/NAME/token</c> (<c>pkg/registry/core/serviceaccount/storage/token.go</c>).</summary>
internal sealed class TokenVerb(HttpGatewayClient client, ReadVerbs read, ServiceAccountTokens tokens)
{
    private const long ShortestSeconds = 600;
    private const long LongestSeconds = 1L << 32;
    private const long DefaultSeconds = 3600;
    private static readonly GroupVersionKind Kind = new("authentication.k8s.io", "v1", "TokenRequest");

    /// <summary>Answers with the token.</summary>
    public async Task Create(ApiRequest request)
    {
        var wanted = (TokenRequest)(await RequestBody.Read(request.Http.Request)).Object(request, Kind, TokenRequest.Descriptor);
        var account = (ServiceAccount)read.Find(request.Path);
        var (name, scope) = (request.Path.Name!, request.Path.Namespace);
        if (wanted.Metadata.Name is { } said && said != name)
            throw new StatusException(ApiErrors.Invalid(Kind, name, [FieldError.Invalid(FieldPath.Of("metadata", "name"), said, "must match the service account name if specified")]));
        if (wanted.Metadata.Namespace is { } home && home != scope)
            throw new StatusException(ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request"));
        var seconds = wanted.Spec.ExpirationSeconds ?? DefaultSeconds;
        var path = FieldPath.Of("spec", "expirationSeconds");
        if (seconds < ShortestSeconds) throw Invalid(FieldError.Invalid(path, seconds, "may not specify a duration less than 10 minutes"));
        if (seconds > LongestSeconds) throw Invalid(FieldError.Invalid(path, seconds, "may not specify a duration larger than 2^32 seconds"));
        var audiences = wanted.Spec.Audiences.IsEmpty ? [TokenSigner.Issuer] : wanted.Spec.Audiences;
        var bound = Bound(request, wanted.Spec.BoundObjectRef);
        var node = bound is Pod { Spec.NodeName: { Length: > 0 } nodeName } ? (Node?)Find("nodes", "", nodeName) : null;
        var now = client.Now;
        await Answers.Object(request, wanted with
        {
            Metadata = wanted.Metadata with { Name = name, Namespace = scope, CreationTimestamp = now },
            Spec = wanted.Spec with { ExpirationSeconds = seconds, Audiences = audiences },
            Status = new TokenRequestStatus { Token = tokens.Issue(account, audiences, seconds, bound, node), ExpirationTimestamp = now.AddSeconds(seconds) },
        }, now, 201);
    }

    private static StatusException Invalid(FieldError error) => new(ApiErrors.Invalid(Kind, "", [error]));

    private IKubeObject? Bound(ApiRequest request, BoundObjectReference? reference)
    {
        if (reference is null) return null;
        var kind = GroupVersionKind.From(reference.ApiVersion ?? "", reference.Kind ?? "");
        var (resource, scope) = (kind.Group, kind.Kind) switch
        {
            ("", "Pod") => ("pods", request.Path.Namespace),
            ("", "Secret") => ("secrets", request.Path.Namespace),
            ("", "Node") => ("nodes", ""),
            _ => throw new StatusException(ApiErrors.BadRequest($"cannot bind token to object of type {GoForm(kind)}")),
        };
        var found = Find(resource, scope, reference.Name ?? "") ?? throw new StatusException(ApiErrors.NotFound(new GroupVersionResource("", "v1", resource), reference.Name ?? ""));
        if (found is Pod pod && pod.Spec.ServiceAccountName != request.Path.Name)
        {
            throw new StatusException(ApiErrors.BadRequest(
                $"cannot bind token for serviceaccount {GoText.Quote(request.Path.Name!)} to pod running with different serviceaccount name."));
        }

        if (reference.Uid is { } uid && uid != found.Metadata.Uid)
        {
            throw new StatusException(ApiErrors.Conflict(
                new GroupVersionResource("", "v1", kind.Kind), reference.Name!,
                $"the UID in the bound object reference ({uid}) does not match the UID in record. The object might have been deleted and then recreated"));
        }

        return found;
    }

    private IKubeObject? Find(string resource, string scope, string name) => client.Snapshot[resource].Items.GetValueOrDefault(new NamespacedName(scope, name));

    // As Go prints a GroupVersionKind.
    private static string GoForm(GroupVersionKind kind) => $"{kind.Group}/{kind.Version}, Kind={kind.Kind}";
}
