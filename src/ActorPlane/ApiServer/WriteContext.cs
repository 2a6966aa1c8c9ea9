using ActorPlane.Api;

namespace ActorPlane.ApiServer;

/// <summary>What a write may depend on besides the object itself.</summary>
/// <param name="Now">The cluster's time.</param>
/// <param name="Chance">Where uids come from.</param>
/// <param name="Objects">The committed objects.</param>
/// <param name="PodSpecs">Results of earlier admissions.</param>
/// <param name="DefaultTolerationSeconds">How long a pod stays on a node that is not ready or unreachable, unless it says otherwise.</param>
public sealed record WriteContext(DateTimeOffset Now, Chance Chance, IObjectReader Objects, PodSpecMemo PodSpecs, long DefaultTolerationSeconds)
{
    /// <summary>Who writes, for managed fields; null when the object carries them.</summary>
    public string? Manager { get; init; }

    /// <summary>The admission plugins that are on.</summary>
    public AdmissionPlugins Plugins { get; init; } = AdmissionPlugins.All;

    /// <summary>What services get their addresses and ports from.</summary>
    public ServiceSettings Services { get; init; } = ServiceSettings.Default;

    /// <summary>New and changed objects of this resource on their way to etcd: what they take is taken.</summary>
    public Func<string, IEnumerable<IKubeObject>> UnderWay { get; init; } = static _ => [];
}

/// <summary>Reads committed objects.</summary>
public interface IObjectReader
{
    /// <summary>The object, or null.</summary>
    IKubeObject? Find(string resource, string @namespace, string name);

    /// <summary>All objects of a resource, by namespace and name.</summary>
    IEnumerable<IKubeObject> All(string resource);
}
