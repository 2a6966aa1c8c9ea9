using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// Applies the LimitRanges of a namespace: what containers ask for by default, and how much containers, pods and claims may
/// and must ask for. (<c>plugin/pkg/admission/limitranger/admission.go</c>.)
/// </summary>
public static class LimitRanger
{
    /// <summary>The annotation that says what was added.</summary>
    public const string Annotation = "kubernetes.io/limit-ranger";

    internal const string LimitRanges = "limitranges";
    private const string PerContainer = "Container";
    private const string PerPod = "Pod";
    private const string PerClaim = "PersistentVolumeClaim";

    private static readonly GroupVersionResource Pods = new("", "v1", "pods");
    private static readonly GroupVersionResource Claims = new("", "v1", "persistentvolumeclaims");

    /// <summary>The pod with defaults, or why it is refused. The same pod when no LimitRange speaks of pods.</summary>
    public static bool TryAdmit(Pod pod, IObjectReader objects, [NotNullWhen(true)] out Pod? admitted, [NotNullWhen(false)] out Status? refusal)
    {
        (admitted, refusal) = (pod, null);
        if (LimitsOf(pod.Metadata.Namespace!, objects) is not { Count: > 0 } limits) return true;

        // A limit that is given is a request, too: before defaults are looked for.
        admitted = WithDefaults((Pod)ObjectRules.WithDefaults(pod), limits);
        var problems = Problems(admitted.Spec, limits).ToList();
        if (problems.Count == 0) return true;
        refusal = ApiErrors.Forbidden(Pods, pod.Metadata.Name!, Joined(problems));
        return false;
    }

    /// <summary>Why a claim is refused; null when it is not.</summary>
    public static Status? Check(PersistentVolumeClaim claim, IObjectReader objects)
    {
        var problems = new List<string>();
        foreach (var limit in LimitsOf(claim.Metadata.Namespace!, objects))
        {
            if (limit.Type != PerClaim) continue;
            foreach (var (name, least) in limit.Min) Least(problems, PerClaim, name, least, claim.Spec.Resources.Requests, ValueMap<Quantity>.Empty);

            // Claims have no limits: the request is what counts.
            foreach (var (name, most) in limit.Max) Most(problems, PerClaim, name, most, ValueMap<Quantity>.Empty, claim.Spec.Resources.Requests, "request");
        }

        return problems.Count == 0 ? null : ApiErrors.Forbidden(Claims, claim.Metadata.Name!, Joined(problems));
    }

    private static List<LimitRangeItem> LimitsOf(string @namespace, IObjectReader objects)
    {
        var limits = new List<LimitRangeItem>();
        foreach (var item in objects.All(LimitRanges))
        {
            if (item.Metadata.Namespace == @namespace) limits.AddRange(((LimitRange)item).Spec.Limits);
        }

        return limits;
    }

    private static Pod WithDefaults(Pod pod, List<LimitRangeItem> limits)
    {
        var notes = new List<string>();
        var spec = pod.Spec with
        {
            InitContainers = [.. pod.Spec.InitContainers.Select(container => WithDefaults(container, "init container", limits, notes))],
            Containers = [.. pod.Spec.Containers.Select(container => WithDefaults(container, "container", limits, notes))],
        };
        if (notes.Count == 0) return pod;
        var annotations = pod.Metadata.Annotations.With(Annotation, "LimitRanger plugin set: " + string.Join("; ", notes));
        return pod with { Metadata = pod.Metadata with { Annotations = annotations }, Spec = spec };
    }

    private static Container WithDefaults(Container container, string what, List<LimitRangeItem> limits, List<string> notes)
    {
        var resources = container.Resources;
        var (requestsSet, limitsSet) = (new List<string>(), new List<string>());
        foreach (var limit in limits)
        {
            if (limit.Type != PerContainer) continue;
            foreach (var (name, quantity) in limit.DefaultRequest)
            {
                if (resources.Requests.ContainsKey(name)) continue;
                resources = resources with { Requests = resources.Requests.With(name, quantity) };
                requestsSet.Add(name);
            }

            foreach (var (name, quantity) in limit.Default)
            {
                if (resources.Limits.ContainsKey(name)) continue;
                resources = resources with { Limits = resources.Limits.With(name, quantity) };
                limitsSet.Add(name);
            }
        }

        if (requestsSet.Count > 0) notes.Add($"{string.Join(", ", requestsSet)} request for {what} {container.Name}");
        if (limitsSet.Count > 0) notes.Add($"{string.Join(", ", limitsSet)} limit for {what} {container.Name}");
        return resources == container.Resources ? container : container with { Resources = resources };
    }

    private static List<string> Problems(PodSpec spec, List<LimitRangeItem> limits)
    {
        var problems = new List<string>();
        foreach (var limit in limits)
        {
            if (limit.Type == PerContainer)
            {
                foreach (var container in spec.Containers) Check(problems, limit, container.Resources.Requests, container.Resources.Limits);
                foreach (var container in spec.InitContainers) Check(problems, limit, container.Resources.Requests, container.Resources.Limits);
            }
            else if (limit.Type == PerPod)
            {
                Check(problems, limit, PodResources.Requests(spec), PodResources.Limits(spec));
            }
        }

        return problems;
    }

    private static void Check(List<string> problems, LimitRangeItem limit, ValueMap<Quantity> requests, ValueMap<Quantity> limits)
    {
        foreach (var (name, least) in limit.Min) Least(problems, limit.Type!, name, least, requests, limits);
        foreach (var (name, most) in limit.Max) Most(problems, limit.Type!, name, most, requests, limits, "limit");
        foreach (var (name, most) in limit.MaxLimitRequestRatio) Ratio(problems, limit.Type!, name, most, requests, limits);
    }

    private static void Least(List<string> problems, string type, string name, Quantity least, ValueMap<Quantity> requests, ValueMap<Quantity> limits)
    {
        var rule = $"minimum {name} usage per {type} is {least}";
        if (!requests.TryGetValue(name, out var request)) problems.Add($"{rule}.  No request is specified");
        else if (request < least) problems.Add($"{rule}, but request is {request}");
        else if (limits.TryGetValue(name, out var limit) && limit < least) problems.Add($"{rule}, but limit is {limit}");
    }

    private static void Most(List<string> problems, string type, string name, Quantity most, ValueMap<Quantity> requests, ValueMap<Quantity> limits, string limitWord)
    {
        var rule = $"maximum {name} usage per {type} is {most}";
        if (!limits.TryGetValue(name, out var limit)) problems.Add($"{rule}.  No {limitWord} is specified");
        else if (limit > most) problems.Add($"{rule}, but {limitWord} is {limit}");
        else if (requests.TryGetValue(name, out var request) && request > most) problems.Add($"{rule}, but request is {request}");
    }

    private static void Ratio(List<string> problems, string type, string name, Quantity most, ValueMap<Quantity> requests, ValueMap<Quantity> limits)
    {
        var rule = $"{name} max limit to request ratio per {type} is {most}";
        if (!requests.TryGetValue(name, out var request) || request.IsZero) problems.Add($"{rule}, but no request is specified or request is 0");
        else if (!limits.TryGetValue(name, out var limit) || limit.IsZero) problems.Add($"{rule}, but no limit is specified or limit is 0");
        else if (limit.AsDouble / request.AsDouble is var ratio && ratio > most.AsDouble) problems.Add(string.Create(CultureInfo.InvariantCulture, $"{rule}, but provided ratio is {ratio:F6}"));
    }

    private static string Joined(List<string> problems) => problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]";
}
