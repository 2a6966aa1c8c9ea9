using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>What a client is warned of when it writes a definition: it is stored as it is, but asks for more than this server does.</summary>
internal static class DefinitionWarnings
{
    private const string Rules = "x-kubernetes-validations";

    public static IEnumerable<string> Of(CustomResourceDefinition definition)
    {
        for (var i = 0; i < definition.Spec.Versions.Count; i++)
        {
            if (definition.Spec.Versions[i].Schema?.OpenAPIV3Schema is { } schema && HasRules(JsonCodec.ToTree(schema)))
                yield return $"spec.versions[{i}].schema.openAPIV3Schema: rules in {Rules} are stored, but this server does not evaluate them";
        }

        if (definition.Spec.Conversion?.Strategy == "Webhook")
            yield return "spec.conversion.strategy: this server calls no webhooks: objects can be read and written in the storage version only";
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
