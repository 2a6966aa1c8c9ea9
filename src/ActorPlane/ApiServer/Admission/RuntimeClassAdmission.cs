using System.Diagnostics.CodeAnalysis;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.NodeGroup.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// The plugin RuntimeClass: the class that a pod names must exist, and adds its overhead and its conditions for nodes
/// (<c>plugin/pkg/admission/runtimeclass/admission.go</c>).
/// </summary>
internal static class RuntimeClassAdmission
{
    internal const string RuntimeClasses = "runtimeclasses.node.k8s.io";

    private static readonly GroupVersionResource Pods = new("", "v1", "pods");

    /// <summary>The pod with what its class adds, or why it is refused.</summary>
    public static bool TryAdmit(Pod pod, IObjectReader objects, [NotNullWhen(true)] out Pod? admitted, [NotNullWhen(false)] out Status? refusal)
    {
        (admitted, refusal) = (pod, null);
        var spec = pod.Spec;
        RuntimeClass? runtime = null;
        if (spec.RuntimeClassName is { } name && (runtime = objects.Find(RuntimeClasses, "", name) as RuntimeClass) is null)
            return Refuse(pod, $"pod rejected: RuntimeClass {GoText.Quote(name)} not found", out admitted, out refusal);
        if (runtime?.Overhead is { } overhead)
        {
            if (!spec.Overhead.IsEmpty && spec.Overhead != overhead.PodFixed)
                return Refuse(pod, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead", out admitted, out refusal);
            spec = spec with { Overhead = overhead.PodFixed };
        }
        else if (!spec.Overhead.IsEmpty)
        {
            return Refuse(pod, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead", out admitted, out refusal);
        }

        if (runtime?.Scheduling is { } scheduling)
        {
            foreach (var (key, value) in scheduling.NodeSelector)
            {
                if (spec.NodeSelector.TryGetValue(key, out var own) && own != value)
                {
                    return Refuse(
                        pod, $"conflict: runtimeClass.scheduling.nodeSelector[{key}] = {value}; pod.spec.nodeSelector[{key}] = {own}", out admitted, out refusal);
                }

                spec = spec with { NodeSelector = spec.NodeSelector.With(key, value) };
            }

            foreach (var toleration in scheduling.Tolerations)
            {
                if (!spec.Tolerations.Contains(toleration)) spec = spec with { Tolerations = spec.Tolerations.Add(toleration) };
            }
        }

        if (!ReferenceEquals(spec, pod.Spec)) admitted = pod with { Spec = spec };
        return true;
    }

    private static bool Refuse(Pod pod, string why, out Pod? admitted, out Status refusal)
    {
        (admitted, refusal) = (null, ApiErrors.Forbidden(Pods, pod.Metadata.Name!, why));
        return false;
    }
}
