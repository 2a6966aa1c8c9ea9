namespace ActorPlane.Api;

/// <summary>A generated type: it has a descriptor and one shared empty instance.</summary>
public interface IApiType<TSelf>
    where TSelf : class, IApiType<TSelf>
{
    /// <summary>Fields, names and numbers.</summary>
    static abstract ObjectSchema<TSelf> Descriptor { get; }

    /// <summary>The instance without any value.</summary>
    static abstract TSelf EmptyInstance { get; }
}
