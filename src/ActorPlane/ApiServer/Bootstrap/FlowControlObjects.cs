using ActorPlane.Api;
using ActorPlane.Api.FlowControl.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// The flow schemas and priority levels that every cluster has from the start, mandatory and suggested ones
/// (<c>staging/src/k8s.io/apiserver/pkg/apis/flowcontrol/bootstrap/default.go</c>).
/// </summary>
public static class FlowControlObjects
{
    internal const string Schemas = "flowschemas.flowcontrol.apiserver.k8s.io";
    internal const string Levels = "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io";
    private const string System = "kube-system";

    private static readonly ValueMap<string> Annotations = ValueMap<string>.Empty.With("apf.kubernetes.io/autoupdate-spec", "true");
    private static readonly ValueList<string> Every = ["*"];
    private static readonly ValueList<string> Elect = ["get", "create", "update"];
    private static readonly Subject KubeControllerManager = User("system:kube-controller-manager");
    private static readonly Subject KubeScheduler = User("system:kube-scheduler");
    private static readonly Subject[] Everybody = [Group("system:unauthenticated"), Group("system:authenticated")];
    private static readonly Lazy<IReadOnlyList<(string Resource, IKubeObject Object)>> MadeLevels = new(MakeLevels);
    private static readonly Lazy<IReadOnlyList<(string Resource, IKubeObject Object)>> MadeSchemas = new(MakeSchemas);

    /// <summary>The priority levels, made once.</summary>
    public static IReadOnlyList<(string Resource, IKubeObject Object)> PriorityLevels => MadeLevels.Value;

    /// <summary>The flow schemas, which refer to them.</summary>
    public static IReadOnlyList<(string Resource, IKubeObject Object)> FlowSchemas => MadeSchemas.Value;

    /// <summary>What a flow schema's status says of its priority level. (<c>util/flowcontrol/apf_controller.go</c>, syncFlowSchemaStatus.)</summary>
    /// <param name="level">Its name.</param>
    /// <param name="exists">Whether there is such a level.</param>
    public static FlowSchemaStatus StatusOf(string level, bool exists, DateTimeOffset now) => new()
    {
        Conditions =
        [
            new FlowSchemaCondition
            {
                Type = "Dangling",
                Status = exists ? "False" : "True",
                LastTransitionTime = now,
                Reason = exists ? "Found" : "NotFound",
                Message = $"This FlowSchema references the PriorityLevelConfiguration object named {GoText.Quote(level)} {(exists ? "and it exists" : "but there is no such object")}",
            },
        ],
    };

    private static List<(string Resource, IKubeObject Object)> MakeLevels() =>
    [
        Level("exempt", new PriorityLevelConfigurationSpec { Type = "Exempt", Exempt = new ExemptPriorityLevelConfiguration { NominalConcurrencyShares = 0, LendablePercent = 0 } }),
        Level("catch-all", new PriorityLevelConfigurationSpec
        {
            Type = "Limited",
            Limited = new LimitedPriorityLevelConfiguration { NominalConcurrencyShares = 5, LendablePercent = 0, LimitResponse = new LimitResponse { Type = "Reject" } },
        }),
        Level("system", 30, 33, 64, 6),
        Level("node-high", 40, 25, 64, 6),
        Level("leader-election", 10, 0, 16, 4),
        Level("workload-high", 40, 50, 128, 6),
        Level("workload-low", 100, 90, 128, 6),
        Level("global-default", 20, 50, 128, 6),
    ];

    private static List<(string Resource, IKubeObject Object)> MakeSchemas() =>
    [
        Schema("exempt", "exempt", 1, null, ForAll(Group("system:masters"))),
        Schema("probes", "exempt", 2, null, new PolicyRulesWithSubjects
        {
            Subjects = [.. Everybody],
            NonResourceRules = [new NonResourcePolicyRule { Verbs = ["get"], NonResourceURLs = ["/healthz", "/readyz", "/livez"] }],
        }),
        Schema("system-leader-election", "leader-election", 100, "ByUser", For(
            [KubeControllerManager, KubeScheduler, Account("*")], Rule(Elect, "coordination.k8s.io", ["leases"], false))),
        Schema("endpoint-controller", "workload-high", 150, "ByUser", For(
            [KubeControllerManager, Account("endpoint-controller"), Account("endpointslicemirroring-controller")], Rule(Elect, "", ["endpoints"], false))),
        Schema("workload-leader-election", "leader-election", 200, "ByUser", For(
            [Account("*")], Rule(Elect, "", ["endpoints", "configmaps"], false), Rule(Elect, "coordination.k8s.io", ["leases"], false))),
        Schema("system-node-high", "node-high", 400, "ByUser", For(
            [Group("system:nodes")], Rule(Every, "", ["nodes", "nodes/status"], true), Rule(Every, "coordination.k8s.io", ["leases"], false))),
        Schema("system-nodes", "system", 500, "ByUser", ForAll(Group("system:nodes"))),
        Schema("kube-controller-manager", "workload-high", 800, "ByNamespace", ForAll(KubeControllerManager)),
        Schema("kube-scheduler", "workload-high", 800, "ByNamespace", ForAll(KubeScheduler)),
        Schema("kube-system-service-accounts", "workload-high", 900, "ByNamespace", ForAll(Account("*"))),
        Schema("service-accounts", "workload-low", 9000, "ByUser", ForAll(Group("system:serviceaccounts"))),
        Schema("global-default", "global-default", 9900, "ByUser", ForAll(Everybody)),
        Schema("catch-all", "catch-all", 10000, "ByUser", ForAll(Everybody)),
    ];

    private static (string Resource, IKubeObject Object) Level(string name, int shares, int lendable, int queues, int hand) => Level(name, new PriorityLevelConfigurationSpec
    {
        Type = "Limited",
        Limited = new LimitedPriorityLevelConfiguration
        {
            NominalConcurrencyShares = shares,
            LendablePercent = lendable,
            LimitResponse = new LimitResponse { Type = "Queue", Queuing = new QueuingConfiguration { Queues = queues, HandSize = hand, QueueLengthLimit = 50 } },
        },
    });

    private static (string Resource, IKubeObject Object) Level(string name, PriorityLevelConfigurationSpec spec) =>
        (Levels, new PriorityLevelConfiguration { Metadata = Meta(name), Spec = spec });

    private static (string Resource, IKubeObject Object) Schema(string name, string level, int precedence, string? distinguisher, PolicyRulesWithSubjects rules) =>
        (Schemas, new FlowSchema
        {
            Metadata = Meta(name),
            Spec = new FlowSchemaSpec
            {
                PriorityLevelConfiguration = new PriorityLevelConfigurationReference { Name = level },
                MatchingPrecedence = precedence,
                DistinguisherMethod = distinguisher is null ? null : new FlowDistinguisherMethod { Type = distinguisher },
                Rules = [rules],
            },
        });

    private static PolicyRulesWithSubjects ForAll(params Subject[] subjects) => new()
    {
        Subjects = [.. subjects],
        ResourceRules = [new ResourcePolicyRule { Verbs = Every, ApiGroups = Every, Resources = Every, Namespaces = Every, ClusterScope = true }],
        NonResourceRules = [new NonResourcePolicyRule { Verbs = Every, NonResourceURLs = Every }],
    };

    private static PolicyRulesWithSubjects For(Subject[] subjects, params ResourcePolicyRule[] rules) => new() { Subjects = [.. subjects], ResourceRules = [.. rules] };

    private static ResourcePolicyRule Rule(ValueList<string> verbs, string group, ValueList<string> resources, bool clusterScope) =>
        new() { Verbs = verbs, ApiGroups = [group], Resources = resources, Namespaces = Every, ClusterScope = clusterScope };

    private static Subject User(string name) => new() { Kind = "User", User = new UserSubject { Name = name } };

    private static Subject Group(string name) => new() { Kind = "Group", Group = new GroupSubject { Name = name } };

    private static Subject Account(string name) => new() { Kind = "ServiceAccount", ServiceAccount = new ServiceAccountSubject { Name = name, Namespace = System } };

    private static ObjectMeta Meta(string name) => new() { Name = name, Annotations = Annotations };
}
