using Akka.Actor;

namespace ActorPlane.Tracing;

/// <summary>
/// What a reader of a trace calls an actor: <c>kubelet node-1</c>, not its path. The names follow the map of actors:
/// processes by their own name, controllers as <c>replicaset-controller</c>, the rest by kind and place.
/// </summary>
public static class ActorNames
{
    /// <summary>Where a message comes from that no actor sent.</summary>
    public const string Nobody = "-";

    /// <summary>The name of <paramref name="actor"/>; <see cref="Nobody"/> for none and for dead letters.</summary>
    public static string Of(IActorRef? actor) => actor is null || actor.IsNobody() ? Nobody : Of(actor.Path.Elements);

    /// <summary>The name of the actor at these elements of a path, such as <c>user</c>, <c>nodes</c>, <c>node-1</c>, <c>kubelet</c>.</summary>
    public static string Of(IReadOnlyList<string> path) => path switch
    {
        ["deadLetters"] or [] => Nobody,
        ["user", "etcd", ..] => "etcd",
        ["user", "kube-controller-manager", "garbage-collector", ..] => "garbage-collector",
        ["user", "kube-controller-manager", var controller, ..] => controller + "-controller",
        ["user", "nodes", var node] => "machine " + node,
        ["user", "nodes", var node, "kubelet", ..] => "kubelet " + node,
        ["user", "nodes", var node, "runtime"] => "runtime " + node,
        ["user", "nodes", _, "runtime", var pod] => "pod " + NameOf(pod),
        ["user", "nodes", _, "runtime", var pod, var container, ..] => $"container {NameOf(pod)}/{container}",
        ["user", "network", var node, ..] => "link " + node,
        ["user", var name, ..] => name,
        ["temp", ..] => "outside",
        _ => string.Join('/', path),
    };

    // The runtime's children are named namespace_name: a namespace has no underscore.
    private static string NameOf(string pod) => pod[(pod.IndexOf('_', StringComparison.Ordinal) + 1)..];
}
