using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Certificates.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Scheduling.V1;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.ApiServer;

/// <summary>
/// Decides what each write comes to, from the stored object and the request alone: metadata, admission, defaulting,
/// validation, optimistic concurrency, deletion with grace and finalizers. Shapes and messages follow the real server's
/// generic registry (<c>apiserver/pkg/registry/generic/registry/store.go</c>, <c>registry/rest/*.go</c>).
/// </summary>
public static class WritePlanner
{
    private static readonly GroupVersionResource Namespaces = new("", "v1", "namespaces");
    private static readonly GroupVersionResource Pods = new("", "v1", "pods");
    private static readonly GroupVersionResource Bindings = new("", "v1", "pods/binding");

    /// <summary>How often a generated name that is taken is drawn anew (<c>registry/rest/create.go</c>).</summary>
    private const int NameAttempts = 8;

    /// <summary>Generated names are cut so that with five more characters they stay within 63 (<c>storage/names/generate.go</c>).</summary>
    private const int MaxGeneratedPrefix = 58;

    /// <summary>
    /// The object with its final name: its own, or one drawn for its <c>generateName</c> that <paramref name="isTaken"/>
    /// does not hold for. Null when there is neither.
    /// </summary>
    public static IKubeObject? Named(IKubeObject item, Chance chance, Func<string, bool> isTaken)
    {
        var metadata = item.Metadata;
        if (!string.IsNullOrEmpty(metadata.Name)) return item;
        if (string.IsNullOrEmpty(metadata.GenerateName)) return null;
        var prefix = metadata.GenerateName.Length > MaxGeneratedPrefix ? metadata.GenerateName[..MaxGeneratedPrefix] : metadata.GenerateName;
        var name = prefix + chance.NextSuffix();
        for (var attempt = 1; attempt < NameAttempts && isTaken(name); attempt++) name = prefix + chance.NextSuffix();
        return item.WithMetadata(metadata with { Name = name });
    }

    /// <summary>A new object that has its final name.</summary>
    /// <param name="before">What is stored under that name, or null.</param>
    public static WritePlan Create(ResourceType resource, IKubeObject item, IKubeObject? before, WriteContext context)
    {
        if (resource.Info.Custom is { IsTerminating: true }) return Refuse(ApiErrors.DefinitionIsTerminating(resource.Gvr, "create"));
        item = resource.Strategy.AsWritten(item);
        var metadata = item.Metadata;
        if (!string.IsNullOrEmpty(metadata.ResourceVersion)) return Refuse(ApiErrors.BadRequest("resourceVersion should not be set on objects to be created"));
        if (CheckNamespace(resource, metadata, context) is { } refusal) return refusal;

        // Only the store knows that the name is taken: what admission and validation say comes first.
        var plan = Admit(resource, item, context);
        if (before is null || plan is WritePlan.Refuse) return plan;
        return Refuse(before.Metadata.DeletionTimestamp is null
            ? ApiErrors.AlreadyExists(resource.Gvr, metadata.Name!)
            : ApiErrors.AlreadyExistsDeleting(resource.Gvr, metadata.Name!));
    }

    private static WritePlan Admit(ResourceType resource, IKubeObject item, WriteContext context)
    {
        var metadata = item.Metadata;
        var strategy = resource.Strategy;
        var prepared = item.WithMetadata(metadata with
        {
            Uid = context.Chance.NextUid(),
            CreationTimestamp = context.Now,
            DeletionTimestamp = null,
            DeletionGracePeriodSeconds = null,
            Generation = strategy.HasGeneration ? 1 : null,
            SelfLink = null,
            ManagedFields = context.Manager is null ? metadata.ManagedFields : Ownership.OfNew(resource, item, context.Manager),
        });
        prepared = strategy.PrepareForCreate(prepared, context);
        if (prepared is Pod pod) return CreatePod(resource, pod, context);
        prepared = ObjectRules.WithDefaults(prepared);
        if (prepared is Service service)
        {
            (prepared, var noPlace) = ServiceAllocation.Allocate(service, null, context);
            if (noPlace is not null) return Refuse(noPlace);
        }

        if (prepared is PriorityClass { GlobalDefault: true } && PodAdmission.OtherDefault(metadata.Name!, isNew: true, context) is { } taken)
            return Refuse(ApiErrors.Forbidden(resource.Gvr, metadata.Name!, taken));
        if (prepared is PersistentVolumeClaim claim && context.Plugins.LimitRanger && LimitRanger.Check(claim, context.Objects) is { } tooMuch) return Refuse(tooMuch);
        if (ObjectRules.ValidateCreate(resource, prepared) is { } invalid) return Refuse(invalid);
        return QuotaAdmission.Check(resource, prepared, context) is { } exceeded ? Refuse(exceeded) : new WritePlan.Store(strategy.ToStorage(prepared));
    }

    /// <summary>Another state of a stored object, or of its status.</summary>
    /// <param name="manager">Who writes, for managed fields; null when the object carries them.</param>
    /// <param name="context">Needed for kinds that admission looks at when they change: pods, priority classes, services, claims.</param>
    public static WritePlan Update(
        ResourceType resource, IKubeObject item, IKubeObject? before, WriteScope scope, DateTimeOffset now = default, string? manager = null, WriteContext? context = null)
    {
        var metadata = item.Metadata;
        if (before is null) return Refuse(ApiErrors.NotFound(resource.Gvr, metadata.Name!));
        if (CheckVersion(resource, metadata, before.Metadata) is { } conflict) return conflict;
        item = resource.Strategy.AsWritten(item);
        var shown = resource.Strategy.InFormOf(before, item);
        var after = scope switch
        {
            WriteScope.Status => WithNewStatus(resource, item, shown, takesMetadata: manager is null || item is Deployment),
            WriteScope.Finalizers => WithNewFinalizers(item, shown),
            WriteScope.Approval => WithNewApproval(item, shown, now),
            WriteScope.EphemeralContainers => WithNewEphemeralContainers(item, shown),
            _ => WithNewSpec(
                resource, item is Pod pod && context is not null ? PodAdmission.Updated(pod, (Pod)before, context) : item, shown,
                manager is null ? item.Metadata.ManagedFields : shown.Metadata.ManagedFields),
        };
        if (after is CertificateSigningRequest report && scope == WriteScope.Status)
            after = CertificateApproval.WithTimes(report, (CertificateSigningRequest)shown, now);
        if (after is PersistentVolume volume && scope == WriteScope.Status) after = VolumePhases.WithTime(volume, (PersistentVolume)shown, now);
        if (after is PriorityClass { GlobalDefault: true } && context is not null && PodAdmission.OtherDefault(metadata.Name!, isNew: false, context) is { } taken)
            return Refuse(ApiErrors.Forbidden(resource.Gvr, metadata.Name!, taken));
        if (after is Service service && scope == WriteScope.Spec && context is not null)
        {
            (after, var refusal) = ServiceAllocation.Allocate(service, (Service)before, context);
            if (refusal is not null) return Refuse(refusal);
        }

        var stored = resource.Strategy.ToStorage(after);
        if (stored.Equals(before)) return WritePlan.Keep.Instance;
        var invalid = scope switch
        {
            WriteScope.Status => ObjectRules.ValidateStatus(resource, after, shown),
            WriteScope.Finalizers => null,
            WriteScope.Approval => ObjectRules.ValidateApproval(resource, after, shown),
            WriteScope.EphemeralContainers => ObjectRules.ValidateEphemeralContainers(resource, after, shown),
            _ => ObjectRules.ValidateUpdate(resource, after, shown),
        };
        if (invalid is not null) return Refuse(invalid);
        if (scope == WriteScope.Spec && context is not null && after is Service or PersistentVolumeClaim)
        {
            if (after is PersistentVolumeClaim claim && context.Plugins.LimitRanger && LimitRanger.Check(claim, context.Objects) is { } tooMuch) return Refuse(tooMuch);
            if (QuotaAdmission.Check(resource, after, context, shown) is { } exceeded) return Refuse(exceeded);
        }
        if (IsDone(stored)) return WritePlan.Remove.Instance;
        var owners = manager is null ? stored.Metadata.ManagedFields : Ownership.After(resource, before, stored, scope, manager, now);
        return new WritePlan.Store(stored.WithMetadata(stored.Metadata with { ResourceVersion = null, ManagedFields = owners }));
    }

    /// <summary>A pod is assigned to a node (<c>pkg/registry/core/pod/storage/storage.go</c>, BindingREST).</summary>
    public static WritePlan Bind(Bind bind, IKubeObject? before, DateTimeOffset now, PodSpecMemo specs)
    {
        if (before is not Pod pod) return Refuse(ApiErrors.NotFound(Pods, bind.Name));
        if (bind.Uid.Length > 0 && bind.Uid != pod.Metadata.Uid)
            return Refuse(ApiErrors.Conflict(Bindings, bind.Name, $"Precondition failed: UID in precondition: {bind.Uid}, UID in object meta: {pod.Metadata.Uid}"));
        if (pod.Metadata.DeletionTimestamp is not null)
            return Refuse(ApiErrors.Conflict(Bindings, bind.Name, $"pod {bind.Name} is being deleted, cannot be assigned to a host"));
        if (!string.IsNullOrEmpty(pod.Spec.NodeName))
            return Refuse(ApiErrors.Conflict(Bindings, bind.Name, $"pod {bind.Name} is already assigned to node \"{pod.Spec.NodeName}\""));
        if (pod.Spec.SchedulingGates.Count > 0)
            return Refuse(ApiErrors.Conflict(Bindings, bind.Name, $"pod {bind.Name} has non-empty .spec.schedulingGates"));

        var scheduled = new PodCondition { Type = "PodScheduled", Status = "True", LastTransitionTime = now };
        var conditions = pod.Status.Conditions;
        var at = conditions.FindIndex(condition => condition.Type == scheduled.Type);
        return new WritePlan.Store(Unversioned(pod with
        {
            Spec = specs.Bound(pod.Spec, bind.NodeName),
            Status = pod.Status with { Conditions = at < 0 ? conditions.Add(scheduled) : conditions.SetItem(at, scheduled) },
        }));
    }

    /// <summary>
    /// A deletion: at once, or marked only, when someone else has to finish it (<c>registry/rest/delete.go</c>).
    /// A namespace is only marked while its <c>spec.finalizers</c> are not empty.
    /// </summary>
    public static WritePlan Delete(ResourceType resource, Delete delete, IKubeObject? before, DateTimeOffset now)
    {
        if (before is null) return Refuse(ApiErrors.NotFound(resource.Gvr, delete.Name));
        if (before is Namespace && NamespaceAdmission.IsImmortal(delete.Name)) return Refuse(NamespaceAdmission.MayNotBeDeleted(delete.Name));
        if (before is PriorityClass && PodAdmission.IsSystemPriority(delete.Name))
            return Refuse(ApiErrors.Forbidden(resource.Gvr, delete.Name, "this is a system priority class and cannot be deleted"));
        var metadata = before.Metadata;
        if (delete.Uid is { } uid && uid != metadata.Uid)
        {
            return Refuse(ApiErrors.Conflict(resource.Gvr, delete.Name,
                $"the UID in the precondition ({uid}) does not match the UID in record ({metadata.Uid}). The object might have been deleted and then recreated"));
        }

        if (delete.ResourceVersion is { } version && version != metadata.ResourceVersion)
        {
            return Refuse(ApiErrors.Conflict(resource.Gvr, delete.Name,
                $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({metadata.ResourceVersion}). The object might have been modified"));
        }

        if (metadata.DeletionTimestamp is null)
        {
            before = resource.Strategy.PrepareForDelete(before, now);
            metadata = before.Metadata;
        }

        var known = resource.Strategy.GracePeriodSeconds(before, delete.GracePeriodSeconds);
        var grace = known ?? 0;
        var finalizers = DeletionFinalizers.For(resource, metadata.Finalizers, delete.Propagation);
        var isPropagationNew = finalizers != metadata.Finalizers;
        if (isPropagationNew) before = before.WithMetadata(metadata with { Finalizers = finalizers });
        var isHeld = IsHeld(before);
        if (metadata.DeletionTimestamp is { } due)
        {
            // A second deletion may only shorten the first one's grace.
            var granted = metadata.DeletionGracePeriodSeconds ?? 0;
            if (isPropagationNew && granted == 0 && isHeld) return new WritePlan.Store(Unversioned(before));
            if (delete.GracePeriodSeconds is null || grace >= granted) return granted == 0 && !isHeld ? WritePlan.Remove.Instance : WritePlan.Keep.Instance;
            return new WritePlan.Store(Marked(before, due + Durations.OfSeconds(grace - granted), grace)) { ThenRemove = grace == 0 && !isHeld };
        }

        // What knows grace is marked also when it has none (registry/generic/registry/store.go, updateForGracefulDeletionAndFinalizers).
        var goes = grace == 0 && !isHeld;
        return goes && known is null ? WritePlan.Remove.Instance : new WritePlan.Store(Marked(before, now + Durations.OfSeconds(grace), grace)) { ThenRemove = goes };
    }

    private static WritePlan CreatePod(ResourceType resource, Pod pod, WriteContext context)
    {
        // The pods of one template are admitted once and share one spec from then on.
        var given = pod.Spec;
        if (context.PodSpecs.Find(given, pod.Metadata.Namespace!) is { } known)
        {
            var same = pod with { Spec = known.Spec, Status = known.Status };
            if (known.Note is { } note) same = same with { Metadata = same.Metadata with { Annotations = same.Metadata.Annotations.With(LimitRanger.Annotation, note) } };
            if (ObjectRules.ValidateMetadata(resource, same) is { } badName) return Refuse(badName);
            return QuotaAdmission.Check(resource, same, context) is { } full ? Refuse(full) : new WritePlan.Store(same);
        }

        if (!PodAdmission.TryAdmit(pod, context, out var admitted, out var refusal)) return Refuse(refusal);
        var complete = (Pod)ObjectRules.WithDefaults(admitted);
        complete = complete with { Status = new PodStatus { Phase = "Pending", QosClass = PodQos.Of(complete.Spec) } };
        if (ObjectRules.ValidateCreate(resource, complete) is { } invalid) return Refuse(invalid);
        context.PodSpecs.Add(given, new PodSpecMemo.Admitted(
            pod.Metadata.Namespace!, complete.Spec, complete.Status,
            complete.Metadata.Annotations == pod.Metadata.Annotations ? null : complete.Metadata.Annotations.GetValueOrDefault(LimitRanger.Annotation)));
        return QuotaAdmission.Check(resource, complete, context) is { } exceeded ? Refuse(exceeded) : new WritePlan.Store(complete);
    }

    private static IKubeObject WithNewSpec(ResourceType resource, IKubeObject item, IKubeObject before, ValueList<ManagedFieldsEntry> owners)
    {
        var strategy = resource.Strategy;
        var old = before.Metadata;
        var after = strategy.WithStatusOf(item, before).WithMetadata(item.Metadata with
        {
            // The server's own: whatever the update says.
            Name = old.Name,
            Namespace = old.Namespace,
            GenerateName = old.GenerateName,
            Uid = old.Uid,
            CreationTimestamp = old.CreationTimestamp,
            DeletionTimestamp = old.DeletionTimestamp,
            DeletionGracePeriodSeconds = old.DeletionGracePeriodSeconds,
            Generation = old.Generation,
            ResourceVersion = old.ResourceVersion,
            SelfLink = old.SelfLink,
            ManagedFields = owners,
        });
        after = ObjectRules.WithDefaults(strategy.PrepareForUpdate(after, before));
        return strategy.HasSameSpec(after, before) ? after : NextGeneration(after);
    }

    private static IKubeObject WithNewStatus(ResourceType resource, IKubeObject item, IKubeObject before, bool takesMetadata)
    {
        // Without a status subresource there is nothing to change.
        var after = resource.Strategy.HasStatus ? resource.Strategy.WithStatusOf(before, item) : before;
        after = resource.Strategy.PrepareForStatusUpdate(after, before);
        if (!takesMetadata || !resource.Strategy.HasStatus) return after;

        // Of our own processes only the deployment controller tells more than the status: the revision.
        // Who names the version that it read has the metadata of that version; who names none writes the status alone.
        var metadata = string.IsNullOrEmpty(item.Metadata.ResourceVersion)
            ? before.Metadata with { ManagedFields = item.Metadata.ManagedFields }
            : StatusMetadata.Of(item.Metadata, before.Metadata, resource.Strategy.StatusKeeps);
        return ReferenceEquals(metadata, before.Metadata) ? after : after.WithMetadata(metadata);
    }

    /// <summary>Only a certificate request is approved.</summary>
    private static IKubeObject WithNewApproval(IKubeObject item, IKubeObject before, DateTimeOffset now) =>
        item is CertificateSigningRequest wanted && before is CertificateSigningRequest old
            ? CertificateApproval.Of(wanted, old, now).WithMetadata(old.Metadata with { ManagedFields = wanted.Metadata.ManagedFields })
            : before;

    /// <summary>Only a namespace is finalized (<c>pkg/registry/core/namespace/strategy.go</c>, namespaceFinalizeStrategy).</summary>
    private static IKubeObject WithNewFinalizers(IKubeObject item, IKubeObject before) =>
        before is Namespace old && item is Namespace wanted ? old with { Spec = old.Spec with { Finalizers = wanted.Spec.Finalizers } } : before;

    /// <summary>A pod that runs gets more containers (<c>pkg/registry/core/pod/strategy.go</c>, podEphemeralContainersStrategy).</summary>
    private static IKubeObject WithNewEphemeralContainers(IKubeObject item, IKubeObject before) => before is Pod old && item is Pod wanted
        ? old with { Metadata = old.Metadata with { ManagedFields = wanted.Metadata.ManagedFields }, Spec = old.Spec with { EphemeralContainers = wanted.Spec.EphemeralContainers } }
        : before;

    private static WritePlan? CheckNamespace(ResourceType resource, ObjectMeta metadata, WriteContext context)
    {
        if (!resource.IsNamespaced)
            return string.IsNullOrEmpty(metadata.Namespace) ? null : Refuse(ApiErrors.BadRequest("namespace is not allowed on this type"));
        if (string.IsNullOrEmpty(metadata.Namespace)) return Refuse(ApiErrors.BadRequest("an empty namespace may not be set during creation"));
        if (context.Objects.Find("namespaces", "", metadata.Namespace) is not Namespace owner) return Refuse(ApiErrors.NotFound(Namespaces, metadata.Namespace));
        return owner.Metadata.DeletionTimestamp is null ? null : Refuse(NamespaceAdmission.IsTerminating(resource.Gvr, metadata));
    }

    private static WritePlan? CheckVersion(ResourceType resource, ObjectMeta wanted, ObjectMeta stored)
    {
        if (!string.IsNullOrEmpty(wanted.ResourceVersion) && wanted.ResourceVersion != stored.ResourceVersion)
        {
            return Refuse(ApiErrors.Conflict(
                resource.Gvr, stored.Name!));
        }

        // What the store says of a precondition that does not hold (apiserver/pkg/storage/errors.go, NewInvalidObjError).
        return string.IsNullOrEmpty(wanted.Uid) || wanted.Uid == stored.Uid ? null : Refuse(ApiErrors.Conflict(
            resource.Gvr, stored.Name!,
            $"StorageError: invalid object, Code: 4, Key: {resource.KeyOf(new NamespacedName(stored.Namespace ?? "", stored.Name!))}, ResourceVersion: 0, "
            + $"AdditionalErrorMsg: Precondition failed: UID in precondition: {wanted.Uid}, UID in object meta: {stored.Uid}"));
    }

    private static IKubeObject Marked(IKubeObject item, Timestamp due, long grace)
    {
        // Namespaces and definitions know no grace (pkg/registry/core/namespace/storage, apiextensions-apiserver/pkg/registry/customresourcedefinition/etcd.go).
        if (item is CustomResourceDefinition) return Unversioned(item.WithMetadata(item.Metadata with { DeletionTimestamp = due }));
        if (item is Namespace ns)
            return Unversioned(ns with { Metadata = ns.Metadata with { DeletionTimestamp = due }, Status = ns.Status with { Phase = "Terminating" } });
        return Unversioned(NextGeneration(item.WithMetadata(item.Metadata with { DeletionTimestamp = due, DeletionGracePeriodSeconds = grace })));
    }

    /// <summary>Its deletion only waited for finalizers, and the last one is gone.</summary>
    private static bool IsDone(IKubeObject item) =>
        item.Metadata is { DeletionTimestamp: not null, DeletionGracePeriodSeconds: null or 0 } && !IsHeld(item);

    private static bool IsHeld(IKubeObject item) => item.Metadata.Finalizers.Count > 0 || item is Namespace { Spec.Finalizers.Count: > 0 };

    private static IKubeObject NextGeneration(IKubeObject item) =>
        item.Metadata.Generation is > 0 and var generation ? item.WithMetadata(item.Metadata with { Generation = generation + 1 }) : item;

    private static IKubeObject Unversioned(IKubeObject item) => item.WithMetadata(item.Metadata with { ResourceVersion = null });

    private static WritePlan.Refuse Refuse(Status status) => new(status);
}
