namespace ActorPlane.Api;

/// <summary>
/// The shape of what a schema says nothing of: objects are owned member by member, lists as a whole.
/// Source: kube-openapi/pkg/schemaconv (untyped deduced definitions).
/// </summary>
internal sealed class DeducedSchema : ValueSchema
{
    public static readonly DeducedSchema Instance = new();

    private DeducedSchema()
    {
    }

    public override SchemaKind Kind => SchemaKind.Map;

    public override ValueSchema Element => this;

    public override bool IsUntyped => true;
}
