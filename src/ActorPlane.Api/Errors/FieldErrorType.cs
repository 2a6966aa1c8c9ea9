namespace ActorPlane.Api;

/// <summary>Kinds of field errors. Source: staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go.</summary>
public enum FieldErrorType
{
    /// <summary>Something that the field refers to does not exist.</summary>
    NotFound,

    /// <summary>A value is missing.</summary>
    Required,

    /// <summary>A value occurs twice where it may occur once.</summary>
    Duplicate,

    /// <summary>A value breaks a rule.</summary>
    Invalid,

    /// <summary>A value is none of those known.</summary>
    NotSupported,

    /// <summary>A value may not be given here.</summary>
    Forbidden,

    /// <summary>A text is too long.</summary>
    TooLong,

    /// <summary>A list is too long.</summary>
    TooMany,

    /// <summary>Our own mistake.</summary>
    Internal,

    /// <summary>A value has the wrong type.</summary>
    TypeInvalid,
}
