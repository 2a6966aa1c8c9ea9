namespace ActorPlane.Api;

/// <summary>The descriptor of one built-in type.</summary>
public sealed class ObjectSchema<T> : ObjectSchema
    where T : class, IApiType<T>
{
    private readonly Func<T> _create;

    internal ObjectSchema(string name, Func<T> create, params FieldSchema[] fields)
        : base(name, fields) => _create = create;

    /// <inheritdoc/>
    public override Type Type => typeof(T);

    /// <inheritdoc/>
    public override object EmptyObject => T.EmptyInstance;

    private protected override object Create() => _create();
}
