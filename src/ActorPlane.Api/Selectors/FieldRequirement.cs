namespace ActorPlane.Api;

/// <summary>One requirement of a field query: the field has this value, or (negated) another.</summary>
public sealed record FieldRequirement(string Field, string Value, bool Negated)
{
    /// <summary>As it is written.</summary>
    public override string ToString() => Field + (Negated ? "!=" : "=")
        + Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal);
}
