using ActorPlane.Tracing;

namespace ActorPlane.Host;

/// <summary>What the command line asked for.</summary>
public sealed record RunOptions
{
    /// <summary>Virtual nodes to start, named node-1, node-2, ...</summary>
    public int Nodes { get; init; }

    /// <summary>CPU of each node, a quantity such as <c>4</c> or <c>500m</c>; null: as configured.</summary>
    public string? Cpu { get; init; }

    /// <summary>Memory of each node, a quantity such as <c>8Gi</c>; null: as configured.</summary>
    public string? Memory { get; init; }

    /// <summary>Manifests to apply; <c>-</c> is standard input.</summary>
    public IReadOnlyList<string> Apply { get; init; } = [];

    /// <summary>The user said what is in the cluster or where it is reached: no tour.</summary>
    public bool IsOwn { get; init; }

    /// <summary>HOCON files laid over the defaults; later ones over earlier ones.</summary>
    public IReadOnlyList<string> Config { get; init; } = [];

    /// <summary>How the trace is shown.</summary>
    public TraceMode Trace { get; init; }

    /// <summary>Which messages of it.</summary>
    public TraceFilter TraceFilter { get; init; } = TraceFilter.None;

    /// <summary>Null: as configured.</summary>
    public long? Seed { get; init; }

    /// <summary>Cluster seconds in a wall second. Null: 1, or the tour's own.</summary>
    public double? Speed { get; init; }

    /// <summary>Run in virtual time, for so long; null: live.</summary>
    public TimeSpan? Simulate { get; init; }

    /// <summary>Where etcd's journal is kept; null: a temporary directory that is removed at the end.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Keep etcd's journal in memory only.</summary>
    public bool InMemory { get; init; }

    /// <summary>Where etcd's own protocol is served; null: nowhere.</summary>
    public System.Net.IPEndPoint? EtcdListen { get; init; }

    /// <summary>Let clients of etcd's protocol write the API server's keys.</summary>
    public bool EtcdUnsafeWrites { get; init; }

    /// <summary>Where the HTTP API listens, or <c>off</c>; null: the default address, if its port is free.</summary>
    public string? Listen { get; init; }

    /// <summary>Where a kubeconfig for it is written; null: nowhere.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The controllers that run, as kube-controller-manager names them; null: as configured.</summary>
    public string? Controllers { get; init; }

    /// <summary><c>on</c> or <c>off</c>; null: as configured.</summary>
    public string? Scheduler { get; init; }

    /// <summary>Where spans are sent; null: as configured, empty: nowhere.</summary>
    public string? Otlp { get; init; }

    /// <summary>End when everything has converged, instead of going on until Ctrl-C.</summary>
    public bool Exit { get; init; }
}
