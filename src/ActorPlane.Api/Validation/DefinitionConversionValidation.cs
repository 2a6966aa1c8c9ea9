using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>
/// The rules for the conversion between versions, with the paths of the real server's internal form.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
/// </summary>
internal static class DefinitionConversionValidation
{
    public static void Validate(List<FieldError> errors, FieldPath path, CustomResourceConversion? conversion)
    {
        if (conversion is null) return;
        var client = path.Child("webhookClientConfig");
        var reviews = path.Child("conversionReviewVersions");
        switch (conversion.Strategy)
        {
            case null or "":
                errors.Add(FieldError.Required(path.Child("strategy")));
                break;
            case "None":
                const string NotSet = "should not be set when strategy is not set to Webhook";
                if (conversion.Webhook?.ClientConfig is not null) errors.Add(FieldError.Forbidden(client, NotSet));
                if (conversion.Webhook is { ConversionReviewVersions.IsEmpty: false }) errors.Add(FieldError.Forbidden(reviews, NotSet));
                break;
            case "Webhook":
                if (conversion.Webhook?.ClientConfig is not { } config) errors.Add(FieldError.Required(client, "required when strategy is set to Webhook"));
                else if (config.Url is null == config.Service is null) errors.Add(FieldError.Required(client, "exactly one of url or service is required"));
                ReviewVersions(errors, reviews, conversion.Webhook?.ConversionReviewVersions ?? ValueList<string>.Empty);
                break;
            default:
                errors.Add(FieldError.NotSupported(path.Child("strategy"), conversion.Strategy, "None", "Webhook"));
                break;
        }
    }

    private static void ReviewVersions(List<FieldError> errors, FieldPath path, ValueList<string> versions)
    {
        if (versions.IsEmpty)
        {
            errors.Add(FieldError.Required(path));
            return;
        }

        for (var i = 0; i < versions.Count; i++)
        {
            var version = versions[i];
            if (versions.FindIndex(other => other == version) < i) errors.Add(FieldError.Invalid(path.Index(i), version, "duplicate version"));
            else Checks.All(errors, path.Index(i), version, NameRules.Dns1035Label(version));
        }

        if (!versions.Contains("v1") && !versions.Contains("v1beta1"))
            errors.Add(FieldError.InvalidGo(path, GoText.List(versions), "must include at least one of v1, v1beta1"));
    }
}
