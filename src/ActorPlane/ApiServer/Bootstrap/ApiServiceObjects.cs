using ActorPlane.Api;
using ActorPlane.Api.ApiRegistration.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// An APIService for each group version that the server itself serves; clients that look for groups find them there
/// (<c>pkg/controlplane/apiserver/aggregator.go</c>, apiVersionPriorities; <c>kube-aggregator/pkg/controllers/autoregister</c>).
/// </summary>
public static class ApiServiceObjects
{
    internal const string Resource = "apiservices.apiregistration.k8s.io";

    private const int Stable = 15;
    private const int Beta = 9;

    // How groups are ordered in discovery.
    private static readonly Dictionary<string, int> Priorities = new(StringComparer.Ordinal)
    {
        [""] = 18000, ["apps"] = 17800, ["events.k8s.io"] = 17750, ["authentication.k8s.io"] = 17700, ["authorization.k8s.io"] = 17600, ["autoscaling"] = 17500,
        ["batch"] = 17400, ["certificates.k8s.io"] = 17300, ["networking.k8s.io"] = 17200, ["policy"] = 17100, ["rbac.authorization.k8s.io"] = 17000,
        ["storage.k8s.io"] = 16800, ["apiextensions.k8s.io"] = 16700, ["admissionregistration.k8s.io"] = 16700, ["scheduling.k8s.io"] = 16600,
        ["coordination.k8s.io"] = 16500, ["node.k8s.io"] = 16300, ["discovery.k8s.io"] = 16200, ["flowcontrol.apiserver.k8s.io"] = 16100,
    };

    /// <summary>All of them, available since <paramref name="now"/>.</summary>
    public static IEnumerable<(string Resource, IKubeObject Object)> All(DateTimeOffset now) =>
        from version in KubeTypes.Resources.Select(static info => (info.Gvr.Group, info.Gvr.Version)).Distinct()
        where Priorities.ContainsKey(version.Group)
        select (Resource, (IKubeObject)Of(version.Group, version.Version, now));

    private static APIService Of(string group, string version, DateTimeOffset now) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = $"{version}.{group}",
            Labels = ValueMap<string>.Empty.With("kube-aggregator.kubernetes.io/automanaged", "onstart"),
        },
        Spec = new APIServiceSpec
        {
            Group = group,
            Version = version,
            GroupPriorityMinimum = Priorities[group],
            VersionPriority = (group, version) switch
            {
                ("", _) => 1,
                (_, "v2") => 2 * Stable,
                ("flowcontrol.apiserver.k8s.io", _) => 21,
                (_, "v1") => Stable,
                _ => Beta,
            },
        },
        Status = new APIServiceStatus
        {
            Conditions =
            [
                new APIServiceCondition
                {
                    Type = "Available", Status = "True", LastTransitionTime = now, Reason = "Local", Message = "Local APIServices are always available",
                },
            ],
        },
    };
}
