using ActorPlane.Api;
using ActorPlane.Api.Certificates.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Host.Http;

/// <summary>create, update, delete and deletecollection: decoded here, decided by the API server's actor.</summary>
internal sealed class WriteVerbs(HttpGatewayClient client, ReadVerbs read)
{
    /// <summary>The kinds whose deletion answers with the object although it is gone (<c>pkg/registry/*/*/storage/storage.go</c>, ReturnDeletedObject).</summary>
    private static readonly HashSet<string> ShownWhenGone = new(StringComparer.Ordinal)
    {
        "pods", "podtemplates", "services", "serviceaccounts", "resourcequotas", "persistentvolumes", "persistentvolumeclaims", "namespaces",
        "storageclasses.storage.k8s.io", "csidrivers.storage.k8s.io", "csinodes.storage.k8s.io", "volumeattachments.storage.k8s.io",
        "volumeattributesclasses.storage.k8s.io",
    };

    /// <summary>The kinds that a PUT creates when they are not there (<c>pkg/registry/*/*/strategy.go</c>, AllowCreateOnUpdate).</summary>
    private static readonly HashSet<string> CreatedByUpdate = new(StringComparer.Ordinal)
    {
        "endpoints", "events", "events.events.k8s.io", "leases.coordination.k8s.io", "limitranges", "podtemplates", "services",
        "roles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io",
    };

    /// <summary>POST to a collection.</summary>
    public async Task Create(ApiRequest request)
    {
        var info = request.Path.Info;
        var item = (await RequestBody.Read(request.Http.Request)).Object(request, info.Gvk, info.Schema);
        await Answers.Object(request, await Create(request, item), client.Now, 201);
    }

    /// <summary>Stores a new object, with its managed fields.</summary>
    public async Task<IKubeObject> Create(ApiRequest request, IKubeObject item, ValueList<ManagedFieldsEntry>? managed = null)
    {
        item = Defaulting.Apply(DisabledFields.Drop(OfUser(request, InNamespace(request, item)), null));
        managed ??= ManagedFields.Create(item, request.Path.Info.Schema, FieldWriteOf(request));
        item = Conversion.ToStorage(request.Path.Info, item.WithMetadata(item.Metadata with { ManagedFields = managed }), null);
        var reply = await client.Send(
            id => new Create(id, request.Path.Resource, item, request.FieldManager, request.Cause) { IsDryRun = request.IsDryRun, HasManagedFields = true },
            request.Line);
        var created = ((Written)reply).Object;
        foreach (var warning in ObjectWarnings.OnCreate(created)) request.Warn(warning);
        return Conversion.To(request.Path.Info, created);
    }

    /// <summary>PUT of an object or its status; of some kinds it creates one that is not there.</summary>
    public async Task Update(ApiRequest request, WriteScope scope)
    {
        var info = request.Path.Info;
        var item = Named(request, (await RequestBody.Read(request.Http.Request)).Object(request, info.Gvk, info.Schema));
        if (scope == WriteScope.Spec && read.Peek(request.Path) is null && CreatedByUpdate.Contains(info.GroupResource))
        {
            await Answers.Object(request, await Create(request, item.WithMetadata(item.Metadata with { ResourceVersion = null })), client.Now, 201);
            return;
        }

        var live = read.Find(request.Path);
        await Answers.Object(request, await Update(request, item, live, scope), client.Now);
    }

    /// <summary>Replaces an object or a part of it, with its managed fields.</summary>
    /// <param name="live">As it was read, in the version of the path.</param>
    public async Task<IKubeObject> Update(
        ApiRequest request, IKubeObject item, IKubeObject live, WriteScope scope, ValueList<ManagedFieldsEntry>? managed = null)
    {
        item = Defaulting.Apply(DisabledFields.Drop(item, live));
        var owners = OwnersOf(request, live, item, scope, managed);
        item = Conversion.ToStorage(
            request.Path.Info, item.WithMetadata(item.Metadata with { ManagedFields = owners }), Conversion.ToStorage(request.Path.Info, live, null));
        var reply = await client.Send(
            id => new Update(id, request.Path.Resource, item, scope, request.FieldManager, request.Cause) { IsDryRun = request.IsDryRun, HasManagedFields = true },
            request.Line);
        var updated = ((Written)reply).Object;
        if (scope == WriteScope.Spec)
        {
            foreach (var warning in ObjectWarnings.OnUpdate(updated, live)) request.Warn(warning);
        }

        return Conversion.To(request.Path.Info, updated);
    }

    /// <summary>DELETE of an object.</summary>
    public async Task Delete(ApiRequest request)
    {
        var options = await OptionsOf(request);
        var deleted = await Delete(request, request.Path.Namespace, request.Path.Name!, options);
        var info = request.Path.Info;

        // What is gone at once is only named, or shown, as its kind has it.
        if (!deleted.Gone || ShownWhenGone.Contains(info.GroupResource))
        {
            await Answers.Object(request, Conversion.To(info, deleted.Object), client.Now);
            return;
        }

        await Answers.Status(request.Http, ApiErrors.Success(new StatusDetails
        {
            Name = deleted.Object.Metadata.Name, Group = info.Gvk.Group, Kind = info.Plural, Uid = deleted.Object.Metadata.Uid,
        }));
    }

    /// <summary>DELETE of a collection: each object that the selectors pick.</summary>
    public async Task DeleteCollection(ApiRequest request)
    {
        var options = await OptionsOf(request);
        var selector = request.Selector();
        var gone = new List<IKubeObject>();
        foreach (var (name, item) in ReadVerbs.Candidates(client.Snapshot[request.Path.Resource], selector))
        {
            if (!selector.Matches(item)) continue;
            try
            {
                gone.Add(Conversion.To(request.Path.Info, (await Delete(request, name.Namespace, name.Name, options)).Object));
            }
            catch (StatusException e) when (e.Status.Reason == StatusReason.NotFound)
            {
                // Somebody else was faster.
            }
        }

        await Answers.List(request, gone, ListMeta.Empty, client.Now);
    }

    /// <summary>Deletes one object.</summary>
    public async Task<Deleted> Delete(ApiRequest request, string scope, string name, DeleteOptions options)
    {
        var isDryRun = request.IsDryRun || options.DryRun.Contains("All");
        return (Deleted)await client.Send(
            id => new Delete(
                id, request.Path.Resource, scope, name, options.GracePeriodSeconds, options.Preconditions?.Uid, options.Preconditions?.ResourceVersion, request.Cause)
            { IsDryRun = isDryRun, Propagation = PropagationOf(options) },
            request.Line);
    }

    private static PropagationPolicy? PropagationOf(DeleteOptions options) => options.OrphanDependents switch
    {
        true => PropagationPolicy.Orphan,
        false => PropagationPolicy.Background,
        _ => Enum.TryParse<PropagationPolicy>(options.PropagationPolicy, out var policy) ? policy : null,
    };

    /// <summary>The object with the path's name and namespace.</summary>
    /// <exception cref="StatusException">400: it says others.</exception>
    public static IKubeObject Named(ApiRequest request, IKubeObject item)
    {
        item = InNamespace(request, item);
        var name = item.Metadata.Name;
        if (name is not null && name != request.Path.Name)
            throw new StatusException(ApiErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Path.Name})"));
        return name is null ? item.WithMetadata(item.Metadata with { Name = request.Path.Name }) : item;
    }

    /// <summary>The entries to be stored after a write.</summary>
    /// <param name="managed">When they are known already.</param>
    private ValueList<ManagedFieldsEntry> OwnersOf(
        ApiRequest request, IKubeObject live, IKubeObject item, WriteScope scope, ValueList<ManagedFieldsEntry>? managed)
    {
        var info = request.Path.Info;
        var before = JsonCodec.ToTree(live);
        var after = JsonCodec.ToTree(item).SharedWith(before);

        // A write of the status brings a spec along that nobody looks at.
        if (scope is WriteScope.Status or WriteScope.Approval)
            after = before.With("metadata", after["metadata"] ?? JsonValue.EmptyObject).With("status", after["status"] ?? JsonValue.EmptyObject);
        var owners = managed ?? ManagedFields.Update(ManagedFields.Given(live, item, scope != WriteScope.Spec), before, after, info.Schema, FieldWriteOf(request));

        // Of what the request says of the other part nothing is stored.
        if (scope == WriteScope.Spec && info.Subresource("status") is not null) after = before["status"] is { } status ? after.With("status", status) : after.Without("status");
        return OwnersInBrief.Shorten(owners, read.Stored(request.Path)?.Metadata.ManagedFields ?? owners, live, after);
    }

    /// <summary>Who writes, for managed fields.</summary>
    public FieldWrite FieldWriteOf(ApiRequest request)
    {
        var (info, subresource) = (request.Path.Info, request.Path.Subresource ?? "");
        return new(request.FieldManager, info.Gvk.ApiVersion, client.Now, subresource)
        {
            Ignored = ResetFields.Of(request.Path.Storage, subresource),
            InVersion = (tree, version) => Conversion.Between(info, client.Snapshot.Registry, tree, version),
        };
    }

    /// <summary>Who asks for a certificate is on record (<c>pkg/registry/certificates/certificates/strategy.go</c>, PrepareForCreate).</summary>
    private static IKubeObject OfUser(ApiRequest request, IKubeObject item) => item is not CertificateSigningRequest asked ? item : asked with
    {
        Spec = asked.Spec with { Username = request.User.Name, Uid = request.User.Uid, Groups = request.User.Groups, Extra = request.User.Extra },
    };

    private static IKubeObject InNamespace(ApiRequest request, IKubeObject item)
    {
        var path = request.Path;
        if (!path.Info.Namespaced || item.Metadata.Namespace == path.Namespace) return item;
        if (string.IsNullOrEmpty(item.Metadata.Namespace)) return item.WithMetadata(item.Metadata with { Namespace = path.Namespace });
        throw new StatusException(ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request"));
    }

    private static async Task<DeleteOptions> OptionsOf(ApiRequest request)
    {
        var options = (await RequestBody.Read(request.Http.Request)).Options(DeleteOptions.Empty);
        if (request.Number("gracePeriodSeconds") is { } grace) options = options with { GracePeriodSeconds = grace };
        if (request.Query("propagationPolicy") is { Length: > 0 } policy) options = options with { PropagationPolicy = policy };
        if (options.PropagationPolicy is not (null or "" or "Background" or "Foreground" or "Orphan"))
        {
            throw new StatusException(ApiErrors.Invalid(
                new GroupVersionKind("meta.k8s.io", "v1", "DeleteOptions"), "",
                [FieldError.NotSupported(FieldPath.Of("propagationPolicy"), options.PropagationPolicy, "Foreground", "Background", "Orphan", "nil")]));
        }

        return options;
    }
}
