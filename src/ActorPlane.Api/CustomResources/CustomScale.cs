using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.Autoscaling.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>
/// The subresource scale of custom resources: replicas at the paths that the definition names.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/etcd.go (ScaleREST).
/// </summary>
public static class CustomScale
{
    /// <summary>The object as autoscaling/v1 Scale; null when it says nothing of its wanted replicas.</summary>
    public static Scale? Of(CustomObject item, CustomResourceSubresourceScale paths)
    {
        if (At(item.Content, paths.SpecReplicasPath)?.AsInt64 is not { } wanted) return null;
        var metadata = item.Metadata;
        return new Scale
        {
            Metadata = new ObjectMeta
            {
                Name = metadata.Name, Namespace = metadata.Namespace, Uid = metadata.Uid, ResourceVersion = metadata.ResourceVersion,
                CreationTimestamp = metadata.CreationTimestamp,
            },
            Spec = new ScaleSpec { Replicas = (int)wanted },
            Status = new ScaleStatus { Replicas = (int)(At(item.Content, paths.StatusReplicasPath)?.AsInt64 ?? 0), Selector = At(item.Content, paths.LabelSelectorPath)?.AsString },
        };
    }

    /// <summary>The object with other wanted replicas.</summary>
    public static CustomObject With(CustomObject item, CustomResourceSubresourceScale paths, int replicas) =>
        item.WithContent(Set(item.Content, Names(paths.SpecReplicasPath), JsonValue.Of(replicas)));

    /// <summary>What is wrong with the values at the paths.</summary>
    internal static void Validate(List<FieldError> errors, CustomObject item, CustomResourceSubresourceScale paths)
    {
        Count(paths.SpecReplicasPath);
        Count(paths.StatusReplicasPath);
        if (At(item.Content, paths.LabelSelectorPath)?.AsString is not { Length: > 0 } selector) return;
        try
        {
            LabelQuery.Parse(selector);
        }
        catch (FormatException e)
        {
            errors.Add(FieldError.Invalid(FieldPath.Of(Names(paths.LabelSelectorPath)), selector, e.Message));
        }

        void Count(string? path)
        {
            if (At(item.Content, path)?.AsInt64 is not { } count) return;
            var field = FieldPath.Of(Names(path));
            if (count < 0) errors.Add(FieldError.Invalid(field, count, "should be a non-negative integer"));
            else if (count > int.MaxValue) errors.Add(FieldError.Invalid(field, count, $"should be less than or equal to {int.MaxValue}"));
        }
    }

    private static string[] Names(string? path) => (path ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries);

    private static JsonValue? At(JsonValue content, string? path) => string.IsNullOrEmpty(path) ? null : content.At(Names(path));

    private static JsonValue Set(JsonValue value, ReadOnlySpan<string> path, JsonValue leaf)
    {
        if (path.IsEmpty) return leaf;
        var target = value.IsObject ? value : JsonValue.EmptyObject;
        return target.With(path[0], Set(target[path[0]] ?? JsonValue.EmptyObject, path[1..], leaf));
    }
}
