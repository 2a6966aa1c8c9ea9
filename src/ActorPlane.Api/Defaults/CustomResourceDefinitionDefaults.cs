using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/defaults.go.</summary>
public static class CustomResourceDefinitionDefaults
{
    /// <summary>Names follow the kind; no conversion between versions.</summary>
    public static CustomResourceDefinition Apply(CustomResourceDefinition value)
    {
        var names = value.Spec.Names;
        var conversion = value.Spec.Conversion ?? new CustomResourceConversion { Strategy = "None" };
        if (conversion.Webhook?.ClientConfig?.Service is { Port: null } service)
        {
            conversion = conversion with
            {
                Webhook = conversion.Webhook with { ClientConfig = conversion.Webhook.ClientConfig with { Service = service with { Port = 443 } } },
            };
        }

        return value with
        {
            Spec = value.Spec with
            {
                Names = names with
                {
                    Singular = names.Singular.IsBlank() ? names.Kind?.ToLowerInvariant() : names.Singular,
                    ListKind = names.ListKind.IsBlank() && !names.Kind.IsBlank() ? names.Kind + "List" : names.ListKind,
                },
                Conversion = conversion,
            },
        };
    }
}
