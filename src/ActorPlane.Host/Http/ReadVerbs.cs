using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Http;

/// <summary>get and list: served from the API server's snapshot, on the request's own thread.</summary>
internal sealed class ReadVerbs(HttpGatewayClient client)
{
    private const int KeptSnapshots = 64;

    /// <summary>As long as the real etcd keeps what was (kube-apiserver --etcd-compaction-interval).</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    /// <summary>How long a read waits for a revision that is not there yet, and how often it looks (<c>storage/cacher</c>, blockTimeout).</summary>
    private static readonly TimeSpan FutureWait = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan FuturePoll = TimeSpan.FromMilliseconds(20);

    private readonly SnapshotHistory _history = new(KeptSnapshots, KeptFor);

    /// <summary>The stored object, in the version of the path.</summary>
    /// <exception cref="StatusException">404.</exception>
    public IKubeObject Find(ApiPath path) => Peek(path) ?? throw new StatusException(ApiErrors.NotFound(path.Info.Gvr, path.Name!));

    /// <summary>The stored object, in the version of the path, or null.</summary>
    public IKubeObject? Peek(ApiPath path) => Stored(path) is { } found ? Conversion.To(path.Info, found) : null;

    /// <summary>The object as it is stored, or null.</summary>
    public IKubeObject? Stored(ApiPath path) => client.Snapshot[path.Resource].Items.GetValueOrDefault(new NamespacedName(path.Namespace, path.Name!));

    /// <summary>GET of one object.</summary>
    public async Task Get(ApiRequest request)
    {
        await Fresh(request);
        await Answers.Object(request, Find(request.Path), client.Now);
    }

    /// <summary>GET of a collection.</summary>
    public async Task List(ApiRequest request)
    {
        ListOptions.Check(request, isWatch: false);
        var selector = request.Selector();
        var limit = request.Number("limit") ?? 0;
        var snapshot = await Fresh(request);
        NamespacedName? after = null;
        if (request.Query("continue") is { Length: > 0 } text)
        {
            if (request.Query("resourceVersion") is not ("" or "0")) throw new StatusException(ApiErrors.BadRequest("specifying resource version is not allowed when using continue"));
            var token = ContinueToken.Parse(text);
            after = token.After;
            if (token.Revision != ContinueToken.Latest && token.Revision != snapshot.Revision) snapshot = _history.At(token.Revision) ?? throw TooOld(token);
        }

        var items = new List<IKubeObject>();
        NamespacedName last = default;
        var isCut = false;
        var resource = snapshot[request.Path.Resource];
        foreach (var (name, item) in Candidates(resource, selector, after))
        {
            if (!selector.Matches(item)) continue;
            isCut = limit > 0 && items.Count >= limit;
            if (isCut) break;
            items.Add(Conversion.To(request.Path.Info, item));
            last = name;
        }

        if (isCut) _history.Keep(snapshot, client.Now);
        await Answers.List(request, items, new ListMeta
        {
            ResourceVersion = snapshot.Revision.ToString(CultureInfo.InvariantCulture),
            Continue = isCut ? new ContinueToken(snapshot.Revision, last).ToString() : null,
            RemainingItemCount = isCut && selector.Labels is null && selector.Fields is null ? CountAfter(last, resource.Items, selector.Namespace) : null,
        }, client.Now);
    }

    // With a token to go on anyway (apiserver/pkg/storage/etcd3/errors.go, handleCompactedErrorForPaging).
    private static StatusException TooOld(ContinueToken token) => new(ApiErrors.Expired(
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the "
        + "continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects "
        + "that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.") with
    {
        Metadata = new ListMeta { Continue = (token with { Revision = ContinueToken.Latest }).ToString() },
    });

    /// <summary>The objects that may fit, in order: those of a namespace, when it is given, or one, when its name is given, too.</summary>
    /// <param name="after">Only what comes after this name; null for all.</param>
    public static IEnumerable<KeyValuePair<NamespacedName, IKubeObject>> Candidates(ResourceSnapshot resource, ObjectSelector selector, NamespacedName? after = null)
    {
        if (selector.Namespace is not { } scope) return after is { } last ? resource.Items.After(last) : resource.Items;
        if (selector.Name is { } name)
        {
            var key = new NamespacedName(scope, name);
            return (after is null || key.CompareTo(after.Value) > 0) && resource.Items.TryGetValue(key, out var only) ? [KeyValuePair.Create(key, only)] : [];
        }

        var start = new NamespacedName(scope, "");
        return resource.Items.After(after is { } later && later.CompareTo(start) > 0 ? later : start).TakeWhile(entry => entry.Key.Namespace == scope);
    }

    /// <summary>How many objects come after a name, in a namespace or in all (null); the cost does not grow with their number.</summary>
    private static long CountAfter(NamespacedName name, ObjectTree items, string? scope)
    {
        // No name of a namespace holds the lowest character: nothing stands between.
        var end = scope is null ? items.Count : items.CountBefore(new NamespacedName(scope + '\0', ""));
        return end - items.CountBefore(name) - 1;
    }

    /// <summary>A resource version as a number.</summary>
    /// <exception cref="StatusException">400: it is none.</exception>
    public static long RevisionOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
        ? revision
        : throw new StatusException(ApiErrors.BadRequest($"resourceVersion: Invalid value: {GoText.Quote(text)}: strconv.ParseUint: parsing {GoText.Quote(text)}: invalid syntax"));

    /// <summary>A snapshot that is as new as the request wants.</summary>
    /// <exception cref="StatusException">The resource version is no number, lies in the future, or is past and wanted exactly.</exception>
    public async Task<ApiServerSnapshot> Fresh(ApiRequest request)
    {
        var text = request.Query("resourceVersion");
        var wanted = text.Length == 0 ? 1 : Math.Max(RevisionOf(text), 1);
        var waited = TimeSpan.Zero;
        while (client.Snapshot.Revision < wanted)
        {
            if (waited >= FutureWait)
            {
                throw new StatusException(client.Snapshot.Revision == 0
                    ? ApiErrors.ServiceUnavailable("the server is starting, please try again later")
                    : ApiErrors.TooLargeResourceVersion(wanted, client.Snapshot.Revision));
            }

            await Task.Delay(FuturePoll, request.Http.RequestAborted);
            waited += FuturePoll;
        }

        if (request.Query("resourceVersionMatch") != "Exact" || client.Snapshot.Revision == wanted) return client.Snapshot;
        return _history.At(wanted) ?? throw new StatusException(ApiErrors.Expired("The resourceVersion for the provided list is too old."));
    }
}
