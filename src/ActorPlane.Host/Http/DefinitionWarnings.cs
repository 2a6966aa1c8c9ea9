using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Host.Http;

/// <summary>What a client is warned of: definitions that ask for more than this server does, and versions that are on their way out.</summary>
internal static class DefinitionWarnings
{
    private const string Rules = "x-kubernetes-validations";

    /// <summary>Warns of what a definition says and this server does not do.</summary>
    public static void OnWrite(ApiRequest request, IKubeObject item)
    {
        if (item is not CustomResourceDefinition definition) return;
        for (var i = 0; i < definition.Spec.Versions.Count; i++)
        {
            if (definition.Spec.Versions[i].Schema?.OpenAPIV3Schema is { } schema && HasRules(JsonCodec.ToTree(schema)))
                request.Warn($"spec.versions[{i}].schema.openAPIV3Schema: rules in {Rules} are stored, but this server does not evaluate them");
        }

        if (definition.Spec.Conversion?.Strategy == "Webhook")
            request.Warn("spec.conversion.strategy: this server calls no webhooks: objects can be read and written in the storage version only");
    }

    /// <summary>Warns of a version that is deprecated, on each request.</summary>
    public static void OnRequest(ApiRequest request)
    {
        if (request.Path.Info.Custom is not { Version: { Deprecated: true } version }) return;
        request.Warn(string.IsNullOrEmpty(version.DeprecationWarning) ? $"{request.Path.Info.Gvk.ApiVersion} {request.Path.Info.Gvk.Kind} is deprecated" : version.DeprecationWarning);
    }

    private static bool HasRules(JsonValue schema)
    {
        if (schema[Rules] is { IsArray: true, Items.IsEmpty: false }) return true;
        foreach (var item in schema.Items)
        {
            if (HasRules(item)) return true;
        }

        foreach (var (_, value) in schema.Members)
        {
            if (HasRules(value)) return true;
        }

        return false;
    }
}
