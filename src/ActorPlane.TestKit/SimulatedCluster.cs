using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.ControllerManager;
using ActorPlane.Faults;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.TestKit;

/// <summary>
/// A whole cluster in virtual time, for a scenario test: hours pass in milliseconds, and the same options give the same
/// run. Time moves only in calls of this class.
/// <example><code>
/// using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 2 });
/// cluster.Create("deployments.apps", deployment);
/// cluster.WaitUntil(() => cluster.RunningPods().Count == 3, TimeSpan.FromMinutes(1), "three pods run");
/// </code></example>
/// </summary>
public sealed class SimulatedCluster : IDisposable
{
    private const int TraceLinesShown = 40;

    private readonly ClusterOptions _options;
    private readonly CauseSource _causes;
    private readonly IActorRef _asker;
    private readonly Replies _replies = new();
    private readonly List<Func<ApiServerSnapshot, string?>> _rules = [];
    private SimulationTestKit? _testKit;
    private long _requestId;
    private long _checkedRevision = -1;

    private SimulatedCluster(ClusterOptions options)
    {
        _options = options;
        Simulation = ActorPlane.Simulation.Simulation.Start(options.ToSimulation());
        if (options.RecordTrace) Tracer.Of(System).Sink = Trace;
        _causes = new CauseSource(Chance.For(unchecked((ulong)options.Seed), "/test", "cause"));
        Plane = ControlPlane.Start(System);
        _asker = System.ActorOf(Props.Create(() => new Asker(_replies)), "test");
        for (var i = 1; i <= options.Nodes; i++) AddNode($"node-{i}");
        WaitUntil(() => Nodes().Count(NodeConditions.IsReady) == options.Nodes, TimeSpan.FromMinutes(1), $"{options.Nodes} nodes are ready");
    }

    /// <summary>The run below.</summary>
    public ActorPlane.Simulation.Simulation Simulation { get; }

    /// <summary>The cluster's processes.</summary>
    public ControlPlane Plane { get; }

    /// <summary>Every message so far, unless the options say not to record.</summary>
    public RecordedTrace Trace { get; } = new();

    /// <summary>Makes probes, and waits for what they get.</summary>
    public SimulationTestKit TestKit => _testKit ??= new SimulationTestKit(Simulation);

    /// <summary>The actor system.</summary>
    public ActorSystem System => Simulation.System;

    /// <summary>The virtual time of day.</summary>
    public DateTimeOffset Now => Simulation.Now;

    /// <summary>Starts a control plane and its nodes, and waits until all nodes are ready.</summary>
    public static SimulatedCluster Start(ClusterOptions? options = null) => new(options ?? new ClusterOptions());

    /// <summary>Adds a machine with the options' capacity.</summary>
    public void AddNode(string name) => Plane.AddNode(name, _options.Cpu, _options.Memory);

    /// <summary>Does one thing at the API server and waits for its outcome.</summary>
    /// <returns>The outcome; a lost connection is unknown.</returns>
    public ApiOutcome Do(Action<ApiClient, Cause, Action<ApiOutcome>> act)
    {
        ApiOutcome? outcome = null;
        var cause = LastCause = _causes.Next();
        Plane.Operator.Tell(new Operator.Act(client => act(client, cause, result => outcome = result)));
        WaitUntil(() => outcome is not null, TimeSpan.FromMinutes(5), "the API server answers");
        return outcome!.Value;
    }

    /// <summary>The cause of the last thing that this class began.</summary>
    public Cause LastCause { get; private set; }

    /// <summary>Creates an object and returns it as stored.</summary>
    public T Create<T>(string resource, T item) where T : class, IKubeObject =>
        (T)Done(Do((client, cause, done) => client.Create(resource, item, cause, done)), $"create {resource}");

    /// <summary>Updates an object and returns it as stored.</summary>
    public T Update<T>(string resource, T item) where T : class, IKubeObject =>
        (T)Done(Do((client, cause, done) => client.Update(resource, item, cause, done)), $"update {resource}");

    /// <summary>Deletes an object.</summary>
    public void Delete(string resource, string @namespace, string name, long? gracePeriodSeconds = null) =>
        Done(Do((client, cause, done) => client.Delete(resource, @namespace, name, cause, done, gracePeriodSeconds)), $"delete {resource} {name}");

    /// <summary>The object of that name; null when there is none.</summary>
    public T? Get<T>(string resource, string @namespace, string name) where T : class, IKubeObject =>
        (T?)Do((client, cause, done) => client.Get(resource, @namespace, name, cause, done)).Object;

    /// <summary>All objects of a resource, by namespace and name.</summary>
    public IReadOnlyList<T> List<T>(string resource, ObjectSelector? selector = null) where T : class, IKubeObject =>
        Plane.List<T>(resource, selector);

    /// <summary>All pods.</summary>
    public IReadOnlyList<Pod> Pods() => List<Pod>("pods");

    /// <summary>The pods in phase Running whose containers are all ready.</summary>
    public IReadOnlyList<Pod> RunningPods() => [.. Pods().Where(pod => PodConditions.IsReady(pod) && pod.Metadata.DeletionTimestamp is null)];

    /// <summary>All nodes.</summary>
    public IReadOnlyList<Node> Nodes() => List<Node>("nodes");

    /// <summary>Causes a fault; fails when its target is not there.</summary>
    public void Inject(Func<long, Cause, FaultProtocol.IFault> fault)
    {
        var id = ++_requestId;
        LastCause = _causes.Next();
        _replies.Last = null;
        Plane.Faults.Tell(fault(id, LastCause), _asker);
        WaitUntil(() => _replies.Last is not null, TimeSpan.FromSeconds(10), "the fault is injected");
        if (_replies.Last is FaultProtocol.NoSuchTarget missing) throw Failure($"no such target: {missing.Target}");
    }

    /// <summary>
    /// From now on, each state that the API server commits must keep this rule: the run fails at the first one that breaks
    /// it. Looked at once for each new revision.
    /// </summary>
    /// <param name="violation">What is wrong with the state, in a few words; null when nothing is. It may keep what it saw.</param>
    public void Require(Func<ApiServerSnapshot, string?> violation)
    {
        _rules.Add(violation);
        _checkedRevision = -1;
    }

    /// <summary>Lets virtual time pass.</summary>
    public void RunFor(TimeSpan duration)
    {
        if (_rules.Count == 0) Simulation.RunFor(duration);
        else Simulation.RunUntil(KeepingRules(static () => false), duration);
    }

    /// <summary>Runs until something holds; fails when it does not within <paramref name="limit"/> of virtual time.</summary>
    /// <param name="what">What is waited for, for the failure's message.</param>
    public void WaitUntil(Func<bool> condition, TimeSpan limit, string what)
    {
        if (!Simulation.RunUntil(KeepingRules(condition), limit)) throw Failure($"{what}: not within {limit}");
    }

    /// <summary>Fails when something stops holding within <paramref name="duration"/> of virtual time.</summary>
    public void HoldsFor(Func<bool> condition, TimeSpan duration, string what)
    {
        if (Simulation.RunUntil(KeepingRules(() => !condition()), duration)) throw Failure($"{what}: no longer so at {Simulation.Elapsed}");
    }

    /// <inheritdoc />
    public void Dispose() => Simulation.Dispose();

    private Func<bool> KeepingRules(Func<bool> condition)
    {
        if (_rules.Count == 0) return condition;
        return () =>
        {
            var snapshot = Plane.Snapshot;
            if (snapshot.Revision != _checkedRevision)
            {
                _checkedRevision = snapshot.Revision;
                foreach (var rule in _rules)
                {
                    if (rule(snapshot) is { } wrong) throw Failure(wrong);
                }
            }

            return condition();
        };
    }

    private IKubeObject Done(ApiOutcome outcome, string what) => outcome.IsDone ? outcome.Object! : throw Failure($"{what}: {outcome}");

    private ClusterAssertException Failure(string what)
    {
        var lines = Trace.Entries.Skip(Math.Max(0, Trace.Entries.Count - TraceLinesShown)).Select(entry => "  " + entry);
        return new ClusterAssertException(
            $"{what} (seed {_options.Seed}, order {_options.Order}, virtual time {Simulation.Elapsed}).{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }

    private sealed class Replies
    {
        public object? Last { get; set; }
    }

    private sealed class Asker : ReceiveActor
    {
        public Asker(Replies replies) => ReceiveAny(message => replies.Last = message);
    }
}
