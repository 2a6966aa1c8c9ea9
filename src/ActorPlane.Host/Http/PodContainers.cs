using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Host.Http;

/// <summary>Which container of a pod is meant (<c>pkg/registry/core/pod/strategy.go</c>, validateContainer).</summary>
internal static class PodContainers
{
    /// <summary>The container of that name; without a name the only one.</summary>
    /// <exception cref="StatusException">400: there is none of that name, or there are several.</exception>
    public static string Choose(Pod pod, string wanted)
    {
        if (wanted.Length == 0)
        {
            if (pod.Spec.Containers is [var only]) return only.Name!;
            var init = pod.Spec.InitContainers.IsEmpty ? "" : $" or one of the init containers: [{Names(pod.Spec.InitContainers)}]";
            throw new StatusException(ApiErrors.BadRequest($"a container name must be specified for pod {pod.Metadata.Name}, choose one of: [{Names(pod.Spec.Containers)}]{init}"));
        }

        var isKnown = pod.Spec.Containers.Concat(pod.Spec.InitContainers).Any(c => c.Name == wanted) || pod.Spec.EphemeralContainers.Any(c => c.Name == wanted);
        return isKnown ? wanted : throw new StatusException(ApiErrors.BadRequest($"container {wanted} is not valid for pod {pod.Metadata.Name}"));
    }

    private static string Names(ValueList<Container> containers) => string.Join(" ", containers.Select(container => container.Name));
}
