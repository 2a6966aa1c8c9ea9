using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>Metadata of every object. Source: staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go.</summary>
public static class ObjectMetaValidation
{
    private const int MostAnnotationBytes = 256 * 1024;
    private static readonly FieldPath Path = FieldPath.Of("metadata");

    /// <summary>What is wrong with the metadata of a new object.</summary>
    /// <param name="meta">The metadata.</param>
    /// <param name="namespaced">Whether the kind lives in namespaces.</param>
    /// <param name="nameRule">The rule for its name.</param>
    public static IReadOnlyList<FieldError> Validate(ObjectMeta meta, bool namespaced, Func<string, ValueList<string>> nameRule)
    {
        var errors = new List<FieldError>();
        if (!meta.GenerateName.IsBlank())
        {
            // A trailing dash is fine: a generated part follows.
            var prefix = meta.GenerateName!.EndsWith('-') ? meta.GenerateName[..^1] + "a" : meta.GenerateName;
            foreach (var problem in nameRule(prefix)) errors.Add(FieldError.Invalid(Path.Child("generateName"), meta.GenerateName, problem));
        }

        if (meta.Name.IsBlank())
        {
            errors.Add(FieldError.Required(Path.Child("name"), "name or generateName is required"));
        }
        else
        {
            foreach (var problem in nameRule(meta.Name!)) errors.Add(FieldError.Invalid(Path.Child("name"), meta.Name, problem));
        }

        if (namespaced)
        {
            if (meta.Namespace.IsBlank()) errors.Add(FieldError.Required(Path.Child("namespace")));
            else foreach (var problem in NameRules.DnsLabel(meta.Namespace!)) errors.Add(FieldError.Invalid(Path.Child("namespace"), meta.Namespace, problem));
        }
        else if (!meta.Namespace.IsBlank())
        {
            errors.Add(FieldError.Forbidden(Path.Child("namespace"), "not allowed on this type"));
        }

        if (meta.Generation < 0) errors.Add(FieldError.Invalid(Path.Child("generation"), meta.Generation.Value, Checks.NotNegative));
        errors.AddRange(Labels(meta.Labels, Path.Child("labels")));
        errors.AddRange(Annotations(meta.Annotations, Path.Child("annotations")));
        errors.AddRange(Owners(meta.OwnerReferences, Path.Child("ownerReferences")));
        errors.AddRange(Finalizers(meta.Finalizers, Path.Child("finalizers")));
        return errors;
    }

    /// <summary>What is wrong with a change of metadata.</summary>
    public static IReadOnlyList<FieldError> ValidateUpdate(ObjectMeta meta, ObjectMeta old)
    {
        var errors = new List<FieldError>();
        if (old.DeletionTimestamp is not null)
        {
            var added = meta.Finalizers.Where(f => !old.Finalizers.Contains(f)).OrderBy(f => f, StringComparer.Ordinal).ToValueList();
            if (!added.IsEmpty)
            {
                errors.Add(FieldError.Forbidden(
                    Path.Child("finalizers"),
                    $"no new finalizers can be added if the object is being deleted, found new finalizers {GoText.List(added)}"));
            }
        }

        Immutable("name", meta.Name, old.Name);
        Immutable("namespace", meta.Namespace, old.Namespace);
        Immutable("uid", meta.Uid, old.Uid);
        if (meta.CreationTimestamp != old.CreationTimestamp)
        {
            errors.Add(FieldError.Invalid(Path.Child("creationTimestamp"), meta.CreationTimestamp?.ToString(), Checks.Immutable));
        }

        if (meta.DeletionTimestamp != old.DeletionTimestamp && old.DeletionTimestamp is not null)
        {
            errors.Add(FieldError.Invalid(Path.Child("deletionTimestamp"), meta.DeletionTimestamp?.ToString(), Checks.Immutable));
        }

        errors.AddRange(Labels(meta.Labels, Path.Child("labels")));
        errors.AddRange(Annotations(meta.Annotations, Path.Child("annotations")));
        errors.AddRange(Owners(meta.OwnerReferences, Path.Child("ownerReferences")));
        errors.AddRange(Finalizers(meta.Finalizers, Path.Child("finalizers")));
        return errors;

        void Immutable(string field, string? now, string? before)
        {
            if (!string.Equals(now ?? "", before ?? "", StringComparison.Ordinal)) errors.Add(FieldError.Invalid(Path.Child(field), now, Checks.Immutable));
        }
    }

    /// <summary>
    /// What is wrong with the finalizers of a kind of Kubernetes' own, where extensions of the API are free to name theirs.
    /// Source: pkg/apis/core/validation/validation.go validateKubeFinalizerName.
    /// </summary>
    public static IEnumerable<FieldError> KubeFinalizers(ValueList<string> finalizers)
    {
        for (var i = 0; i < finalizers.Count; i++)
        {
            if (!finalizers[i].Contains('/', StringComparison.Ordinal) && finalizers[i] is not ("kubernetes" or "orphan" or "foregroundDeletion"))
                yield return FieldError.Invalid(Path.Child("finalizers").Index(i), finalizers[i], "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    /// <summary>What is wrong with labels.</summary>
    public static IEnumerable<FieldError> Labels(ValueMap<string> labels, FieldPath path)
    {
        foreach (var (key, value) in (IEnumerable<KeyValuePair<string, string>>)labels)
        {
            foreach (var problem in NameRules.QualifiedName(key)) yield return FieldError.Invalid(path, key, problem);
            foreach (var problem in NameRules.LabelValue(value)) yield return FieldError.Invalid(path, value, problem);
        }
    }

    /// <summary>What is wrong with annotations.</summary>
    public static IEnumerable<FieldError> Annotations(ValueMap<string> annotations, FieldPath path)
    {
        var bytes = 0;
        foreach (var (key, value) in (IEnumerable<KeyValuePair<string, string>>)annotations)
        {
            foreach (var problem in NameRules.QualifiedName(key.ToLowerInvariant())) yield return FieldError.Invalid(path, key, problem);
            bytes += System.Text.Encoding.UTF8.GetByteCount(key) + System.Text.Encoding.UTF8.GetByteCount(value);
        }

        if (bytes > MostAnnotationBytes) yield return FieldError.TooLong(path, MostAnnotationBytes);
    }

    private static IEnumerable<FieldError> Owners(ValueList<OwnerReference> owners, FieldPath path)
    {
        OwnerReference? controller = null;
        for (var i = 0; i < owners.Count; i++)
        {
            var owner = owners[i];
            if (GroupVersionKind.From(owner.ApiVersion ?? "", "").Version.Length == 0)
            {
                yield return FieldError.Invalid(path.Child("apiVersion"), owner.ApiVersion, "version must not be empty");
            }

            if (owner.Kind.IsBlank()) yield return FieldError.Invalid(path.Child("kind"), owner.Kind, "must not be empty");
            if (owner.Name.IsBlank()) yield return FieldError.Invalid(path.Child("name"), owner.Name, "must not be empty");
            if (owner.Uid.IsBlank()) yield return FieldError.Invalid(path.Child("uid"), owner.Uid, "must not be empty");
            if (owner.Controller != true) continue;
            if (controller is not null)
            {
                yield return FieldError.Invalid(
                    path,
                    null,
                    $"Only one reference can have Controller set to true. Found \"true\" in references for {controller.Kind}/{controller.Name} and {owner.Kind}/{owner.Name}");
            }

            controller = owner;
        }
    }

    private static IEnumerable<FieldError> Finalizers(ValueList<string> finalizers, FieldPath path)
    {
        foreach (var finalizer in (IEnumerable<string>)finalizers)
        {
            foreach (var problem in NameRules.QualifiedName(finalizer)) yield return FieldError.Invalid(path, finalizer, problem);
        }

        if (finalizers.Contains("orphan") && finalizers.Contains("foregroundDeletion"))
        {
            yield return FieldError.InvalidGo(path, GoText.List(finalizers), "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }
}
