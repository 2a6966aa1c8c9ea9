using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/events.go.</summary>
internal static class EventValidation
{
    private const int MostCharacters = 128;
    private const int MostOfMessage = 1024;

    public static void Validate(List<FieldError> errors, Event value)
    {
        if (value.EventTime is not null) Reported(errors, value);
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

    // Who says when it happened says who reports it, and what was done about what.
    private static void Reported(List<FieldError> errors, Event value)
    {
        Required(errors, FieldPath.Of("reportingController"), value.ReportingComponent, null);
        if (!value.ReportingComponent.IsBlank()) Checks.All(errors, FieldPath.Of("reportingController"), value.ReportingComponent, NameRules.QualifiedName(value.ReportingComponent!));
        Required(errors, FieldPath.Of("reportingInstance"), value.ReportingInstance, MostCharacters);
        Required(errors, FieldPath.Of("action"), value.Action, MostCharacters);
        Required(errors, FieldPath.Of("reason"), value.Reason, MostCharacters);
        if (value.Message?.Length > MostOfMessage) errors.Add(FieldError.Invalid(FieldPath.Of("message"), "", $"can have at most {MostOfMessage} characters"));
    }

    private static void Required(List<FieldError> errors, FieldPath at, string? text, int? most)
    {
        if (text.IsBlank()) errors.Add(FieldError.Required(at));
        if (text?.Length > most) errors.Add(FieldError.Invalid(at, "", $"can have at most {most} characters"));
    }
}
