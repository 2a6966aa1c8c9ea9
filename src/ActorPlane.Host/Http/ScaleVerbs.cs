using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Autoscaling.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Client;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Host.Http;

/// <summary>The subresource scale of Deployments, ReplicaSets, StatefulSets, ReplicationControllers and custom resources: their replicas, as autoscaling/v1 Scale.</summary>
internal sealed class ScaleVerbs(HttpGatewayClient client, ReadVerbs read, WriteVerbs write)
{
    private static readonly GroupVersionKind Kind = new("autoscaling", "v1", "Scale");

    /// <summary>GET.</summary>
    public Task Get(ApiRequest request) => Answers.Object(request, ScaleOf(request.Path.Info, read.Find(request.Path)), client.Now);

    /// <summary>PUT.</summary>
    public async Task Update(ApiRequest request)
    {
        var scale = (Scale)(await RequestBody.Read(request.Http.Request)).Object(request, Kind, Scale.Descriptor);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Answers.Object(request, await Store(request, scale, read.Find(request.Path)), client.Now);
                return;
            }
            catch (StatusException e) when (e.Status.Reason == StatusReason.Conflict && attempt < PatchVerb.Attempts && string.IsNullOrEmpty(scale.Metadata.ResourceVersion))
            {
                // It names no version: what somebody else wrote in between is scaled.
            }
        }
    }

    /// <summary>PATCH.</summary>
    public async Task Patch(ApiRequest request)
    {
        var body = await RequestBody.Read(request.Http.Request);
        if (body.MediaType is not (PatchVerb.Json or PatchVerb.Merge or PatchVerb.Strategic))
            throw new StatusException(ApiErrors.UnsupportedMediaType(PatchVerb.Json, PatchVerb.Merge, PatchVerb.Strategic));
        var patch = body.Tree(PatchErrors.Unreadable(body.MediaType));
        for (var attempt = 1; ; attempt++)
        {
            var live = read.Find(request.Path);
            var tree = PatchVerb.Patched(body.MediaType, JsonCodec.ToTree(ScaleOf(request.Path.Info, live)), patch, Scale.Descriptor);
            try
            {
                var scale = (Scale)JsonCodec.Decode(Scale.Descriptor, tree, request.Validation != FieldValidation.Ignore, out var errors);
                RequestBody.CheckFields(request, Kind, errors);
                await Answers.Object(request, await Store(request, scale, live), client.Now);
                return;
            }
            catch (DecodeException e)
            {
                throw new StatusException(ApiErrors.BadRequest(e.Message));
            }
            catch (StatusException e) when (e.Status.Reason == StatusReason.Conflict && attempt < PatchVerb.Attempts && patch.At("metadata", "resourceVersion") is null && body.MediaType != PatchVerb.Json)
            {
                // Somebody else wrote it in between: the snapshot shows it now.
            }
        }
    }

    private async Task<Scale> Store(ApiRequest request, Scale scale, IKubeObject live)
    {
        var replicas = scale.Spec.Replicas ?? 0;
        if (replicas < 0)
        {
            throw new StatusException(ApiErrors.Invalid(Kind, request.Path.Name!, [FieldError.Invalid(
                FieldPath.Of("spec", "replicas"), replicas, "must be greater than or equal to 0")]));
        }

        IKubeObject wanted = live switch
        {
            Deployment deployment => deployment with { Spec = deployment.Spec with { Replicas = replicas } },
            ReplicaSet set => set with { Spec = set.Spec with { Replicas = replicas } },
            StatefulSet set => set with { Spec = set.Spec with { Replicas = replicas } },
            ReplicationController controller => controller with { Spec = controller.Spec with { Replicas = replicas } },
            CustomObject item => CustomScale.With(item, request.Path.Info.Custom!.Scale!, replicas),
            _ => throw new StatusException(ApiErrors.NoSuchResource()),
        };
        if (scale.Metadata.ResourceVersion is { } version) wanted = wanted.WithMetadata(wanted.Metadata with { ResourceVersion = version });
        var path = request.Path.Info.Custom?.Scale?.SpecReplicasPath?.TrimStart('.') ?? "spec.replicas";
        var owners = ManagedFields.Scale(
            live.Metadata.ManagedFields, path, isNew: (ScaleOf(request.Path.Info, live).Spec.Replicas ?? 0) != replicas, write.FieldWriteOf(request));
        return ScaleOf(request.Path.Info, await write.Update(request, wanted, live, WriteScope.Spec, owners));
    }

    private static Scale ScaleOf(ResourceInfo info, IKubeObject item)
    {
        if (info.Custom?.Scale is { } paths)
            return CustomScale.Of((CustomObject)item, paths) ?? throw new StatusException(ApiErrors.InternalError($"the spec replicas field {GoText.Quote(paths.SpecReplicasPath ?? "")} does not exist"));

        var (wanted, actual, selector) = item switch
        {
            Deployment d => (d.Spec.Replicas, d.Status.Replicas, LabelSelectors.Format(d.Spec.Selector)),
            ReplicaSet r => (r.Spec.Replicas, r.Status.Replicas, LabelSelectors.Format(r.Spec.Selector)),
            StatefulSet s => (s.Spec.Replicas, s.Status.Replicas, LabelSelectors.Format(s.Spec.Selector)),
            ReplicationController c => (c.Spec.Replicas, c.Status.Replicas, LabelSelectors.Format(new LabelSelector { MatchLabels = c.Spec.Selector })),
            _ => throw new StatusException(ApiErrors.NoSuchResource()),
        };
        var metadata = item.Metadata;
        return new Scale
        {
            Metadata = new ObjectMeta
            {
                Name = metadata.Name, Namespace = metadata.Namespace, Uid = metadata.Uid, ResourceVersion = metadata.ResourceVersion,
                CreationTimestamp = metadata.CreationTimestamp,
            },
            Spec = new ScaleSpec { Replicas = wanted },
            Status = new ScaleStatus { Replicas = actual, Selector = selector },
        };
    }
}
