using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Client;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Host.Http;

/// <summary>
/// patch in its four forms. The patched object is an update of the version that was read; when somebody else was faster,
/// the patch is applied anew to what is there then (<c>apiserver/pkg/endpoints/handlers/patch.go</c>).
/// </summary>
internal sealed class PatchVerb(HttpGatewayClient client, ReadVerbs read, WriteVerbs write)
{
    /// <summary>The forms, by Content-Type.</summary>
    public const string Json = "application/json-patch+json";
    public const string Merge = "application/merge-patch+json";
    public const string Strategic = "application/strategic-merge-patch+json";
    public const string Apply = "application/apply-patch+yaml";

    /// <summary>
    /// A patch that names no version has no conflict with other writers: the real server's store applies it anew for as long
    /// as it takes (<c>storage/etcd3/store.go</c>, GuaranteedUpdate). One of those who compete gets through each time.
    /// </summary>
    public const int Attempts = 1000;

    /// <summary>PATCH of an object or its status.</summary>
    public async Task Patch(ApiRequest request, WriteScope scope)
    {
        var body = await RequestBody.Read(request.Http.Request);
        CheckForm(body, request.Path.Info);
        if (body.MediaType != Apply && request.Query("force").Length > 0)
        {
            throw new StatusException(ApiErrors.Invalid(
                new GroupVersionKind("meta.k8s.io", "v1", "PatchOptions"), "",
                [FieldError.Forbidden(FieldPath.Of("force"), "may not be specified for non-apply patch")]));
        }

        var patch = body.Tree(PatchErrors.Unreadable(body.MediaType));
        for (var attempt = 1; ; attempt++)
        {
            var live = read.Peek(request.Path);
            try
            {
                if (body.MediaType == Apply)
                {
                    var (item, created) = await ApplyTo(request, patch, live, scope);
                    await Answers.Object(request, item, client.Now, created ? 201 : 200);
                    return;
                }

                if (live is null) throw new StatusException(ApiErrors.NotFound(request.Path.Info.Gvr, request.Path.Name!));
                var before = JsonCodec.ToTree(live);
                var wanted = Decode(request, body.MediaType, patch, Patched(body.MediaType, before, patch, request.Path.Info.Schema));

                // To name a uid is a condition of an update; a patch would change it.
                if (wanted.Metadata.Uid is { Length: > 0 } uid && uid != live.Metadata.Uid)
                {
                    throw new StatusException(ApiErrors.Invalid(
                        request.Path.Info.Gvk, request.Path.Name!, [FieldError.Invalid(FieldPath.Of("metadata", "uid"), uid, "field is immutable")]));
                }

                await Answers.Object(request, await write.Update(request, wanted, live, scope), client.Now);
                return;
            }
            catch (StatusException e) when (e.Status.Reason == StatusReason.Conflict && e.Status.Details?.Causes.IsEmpty != false && attempt < Attempts && MayRetry(body, patch))
            {
                // Somebody else wrote it in between: the snapshot shows it now.
            }
        }
    }

    /// <summary>Refuses forms of patches that there are none of.</summary>
    /// <exception cref="StatusException">415.</exception>
    public static void CheckForm(RequestBody body, ResourceInfo info)
    {
        // A strategic merge needs the types that only built-in kinds have.
        if (info.Custom is not null && body.MediaType is not (Json or Merge or Apply)) throw new StatusException(ApiErrors.UnsupportedMediaType(Json, Merge, Apply));
        if (body.MediaType is not (Json or Merge or Strategic or Apply)) throw new StatusException(ApiErrors.UnsupportedMediaType(Json, Merge, Strategic, Apply));
    }

    /// <summary>A tree with a patch applied.</summary>
    /// <exception cref="StatusException">400, 413 or 422: the patch makes no sense, is too long, or does not fit.</exception>
    public static JsonValue Patched(string form, JsonValue before, JsonValue patch, ObjectSchema schema)
    {
        if (PatchErrors.OfShape(form, patch) is { } misshapen) throw new StatusException(misshapen);
        try
        {
            return form switch
            {
                Json => JsonPatch.Apply(before, patch),
                Merge => MergePatch.Apply(before, patch),
                _ => StrategicMergePatch.Apply(before, patch, schema),
            };
        }
        catch (PatchException e)
        {
            throw new StatusException(PatchErrors.DoesNotFit(form, e.Message, e.IsUnprocessable));
        }
    }

    private static bool MayRetry(RequestBody body, JsonValue patch)
    {
        // A patch that names a version means that one; a JSON patch may do so in a test or replace.
        if (body.MediaType != Json) return patch.At("metadata", "resourceVersion") is null;
        foreach (var operation in patch.Items)
        {
            if (operation["path"]?.AsString is "/metadata/resourceVersion" or "/metadata") return false;
        }

        return true;
    }

    private static IKubeObject Decode(ApiRequest request, string form, JsonValue patch, JsonValue patched)
    {
        try
        {
            var item = (IKubeObject)JsonCodec.Decode(request.Path.Info.Schema, patched, request.Validation != FieldValidation.Ignore, out var errors);
            if (errors.Count > 0 && request.Validation == FieldValidation.Strict) throw new StatusException(PatchErrors.Unknown(form, patch, patched, errors));
            RequestBody.CheckFields(request, request.Path.Info.Gvk, errors);
            return WriteVerbs.Named(request, item);
        }
        catch (DecodeException e)
        {
            throw new StatusException(PatchErrors.WrongType(form, patch, patched, e));
        }
    }

    private static void CheckApplied(ApiRequest request, JsonValue config)
    {
        try
        {
            var item = (IKubeObject)JsonCodec.Decode(request.Path.Info.Schema, config, request.Validation != FieldValidation.Ignore, out var errors);
            if (errors.Count > 0 && request.Validation == FieldValidation.Strict)
                throw new StatusException(ApiErrors.BadRequest("error strict decoding YAML: " + string.Join(", ", errors)));
            RequestBody.CheckFields(request, request.Path.Info.Gvk, errors);
            WriteVerbs.Named(request, item);
        }
        catch (DecodeException e)
        {
            throw new StatusException(ApiErrors.BadRequest(e.Message));
        }
    }

    private async Task<(IKubeObject Item, bool Created)> ApplyTo(ApiRequest request, JsonValue config, IKubeObject? live, WriteScope scope)
    {
        var info = request.Path.Info;
        if (request.Query("fieldManager").Length == 0)
        {
            throw new StatusException(ApiErrors.Invalid(
                new GroupVersionKind("meta.k8s.io", "v1", "PatchOptions"), "",
                [FieldError.Required(FieldPath.Of("fieldManager"), "is required for apply patch")]));
        }

        if (PatchErrors.OfShape(Apply, config) is { } misshapen) throw new StatusException(misshapen);
        if (config["apiVersion"]?.AsString is var version && version != info.Gvk.ApiVersion)
            throw new StatusException(ApiErrors.BadRequest($"Incorrect version specified in apply patch. Specified patch version: {version}, expected: {info.Gvk.ApiVersion}"));
        if (config["kind"]?.AsString != info.Gvk.Kind)
            throw new StatusException(ApiErrors.BadRequest($"the body of an apply names its kind: {info.Gvk.ApiVersion} {info.Gvk.Kind} is wanted"));
        if (ServerSideApply.Problem(config, info.Schema) is { } problem)
        {
            var name = $"{(info.Namespaced ? request.Path.Namespace : "")}/{request.Path.Name}";
            throw new StatusException(PatchErrors.Nameless(
                $"failed to create typed patch object ({name}; {info.Gvk.Group}/{info.Gvk.Version}, Kind={info.Gvk.Kind}): {problem}"));
        }

        CheckApplied(request, config);
        var metadata = (config["metadata"] ?? JsonValue.EmptyObject).With("name", JsonValue.Of(request.Path.Name!));
        if (info.Namespaced) metadata = metadata.With("namespace", JsonValue.Of(request.Path.Namespace));
        config = config.With("metadata", metadata);
        if (live is null && scope != WriteScope.Spec) throw new StatusException(ApiErrors.NotFound(info.Gvr, request.Path.Name!));
        if (live is null && metadata["uid"] is not null) throw new StatusException(ApiErrors.Conflict(info.Gvr, request.Path.Name!, "uid mismatch: the provided object specified a uid, and no existing object was found"));
        try
        {
            var result = ServerSideApply.Apply(
                live?.Metadata.ManagedFields ?? ValueList<ManagedFieldsEntry>.Empty, live is null ? null : JsonCodec.ToTree(live), config, info.Schema,
                write.FieldWriteOf(request), request.Flag("force"));
            if (result.Conflict is { } conflict) throw new StatusException(conflict);
            var item = (IKubeObject)JsonCodec.Decode(info.Schema, result.Object, strict: false, out _);
            return live is null
                ? (await write.Create(request, item, result.ManagedFields), true)
                : (await write.Update(request, item, live, scope, result.ManagedFields), false);
        }
        catch (PatchException e)
        {
            throw new StatusException(ApiErrors.BadRequest(e.Message));
        }
    }
}
