namespace ActorPlane.Host.Http;

/// <summary>What is done about unknown and doubled fields of a body.</summary>
public enum FieldValidation
{
    /// <summary>They are dropped, and the answer warns of them.</summary>
    Warn,

    /// <summary>The request is refused.</summary>
    Strict,

    /// <summary>They are dropped.</summary>
    Ignore,
}
