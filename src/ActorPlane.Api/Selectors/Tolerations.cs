using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// Taints of nodes against tolerations of pods. Source: staging/src/k8s.io/api/core/v1/toleration.go,
/// staging/src/k8s.io/component-helpers/scheduling/corev1/helpers.go.
/// </summary>
public static class Tolerations
{
    /// <summary>Whether a toleration bears a taint. No effect bears all effects; no key with <c>Exists</c> bears all taints.</summary>
    public static bool Tolerates(this Toleration toleration, Taint taint)
    {
        if (!string.IsNullOrEmpty(toleration.Effect) && !string.Equals(toleration.Effect, taint.Effect, StringComparison.Ordinal)) return false;
        if (!string.IsNullOrEmpty(toleration.Key) && !string.Equals(toleration.Key, taint.Key, StringComparison.Ordinal)) return false;
        return toleration.Operator switch
        {
            null or "" or "Equal" => string.Equals(toleration.Value ?? "", taint.Value ?? "", StringComparison.Ordinal),
            "Exists" => true,
            _ => false,
        };
    }

    /// <summary>Whether one of the tolerations bears a taint.</summary>
    public static bool Tolerate(this ValueList<Toleration> tolerations, Taint taint)
    {
        foreach (var toleration in tolerations)
        {
            if (toleration.Tolerates(taint)) return true;
        }

        return false;
    }
}
