using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>What a client is warned of when it writes a definition: it is stored as it is, but asks for more than this server does.</summary>
internal static class DefinitionWarnings
{
    public static IEnumerable<string> Of(CustomResourceDefinition definition)
    {
        if (definition.Spec.Conversion?.Strategy == "Webhook")
            yield return "spec.conversion.strategy: this server calls no webhooks: objects can be read and written in the storage version only";
    }
}
