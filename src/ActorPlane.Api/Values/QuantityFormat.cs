namespace ActorPlane.Api;

/// <summary>The family in which a quantity was written and is printed.</summary>
public enum QuantityFormat : byte
{
    /// <summary>n, u, m, k, M, G, T, P, E.</summary>
    DecimalSI,

    /// <summary>Ki, Mi, Gi, Ti, Pi, Ei.</summary>
    BinarySI,

    /// <summary>e3, E6.</summary>
    DecimalExponent,
}
