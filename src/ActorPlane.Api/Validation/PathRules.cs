namespace ActorPlane.Api;

/// <summary>Paths of files inside volumes. Source: pkg/apis/core/validation/validation.go validatePathNoBacksteps, validateLocalDescendingPath, ValidateLocalNonReservedPath.</summary>
internal static class PathRules
{
    /// <summary>No step leads up.</summary>
    public static void NoBacksteps(List<FieldError> errors, FieldPath path, string value)
    {
        if (HasBackstep(value)) errors.Add(FieldError.Invalid(path, value, "must not contain '..'"));
    }

    /// <summary>From here, and down.</summary>
    public static void Descending(List<FieldError> errors, FieldPath path, string value)
    {
        if (value is ['/', ..]) errors.Add(FieldError.Invalid(path, value, "must be a relative path"));
        NoBacksteps(errors, path, value);
    }

    /// <summary>From here, down, and to no name that a kubelet uses itself.</summary>
    public static void Local(List<FieldError> errors, FieldPath path, string value)
    {
        Descending(errors, path, value);
        if (value is ['.', '.', ..] && !value.StartsWith("../", StringComparison.Ordinal)) errors.Add(FieldError.Invalid(path, value, "must not start with '..'"));
    }

    public static bool HasBackstep(string value) => value.Split('/').Contains("..");
}
