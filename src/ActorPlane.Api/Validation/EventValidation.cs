using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/events.go.</summary>
internal static class EventValidation
{
    public static void Validate(List<FieldError> errors, Event value)
    {
        var involved = value.InvolvedObject.Namespace ?? "";
        var own = value.Metadata.Namespace ?? "";
        var path = FieldPath.Of("involvedObject", "namespace");

        // Events about objects of the cluster live in the namespace "default".
        if (involved.Length == 0)
        {
            if (own is not ("default" or "kube-system" or "")) errors.Add(FieldError.Invalid(path, involved, "does not match event.namespace"));
        }
        else if (!string.Equals(involved, own, StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid(path, involved, "does not match event.namespace"));
        }
    }
}
