using ActorPlane.Api;
using ActorPlane.Api.Autoscaling.V2;
using ActorPlane.ApiServer;
using CoreEvent = ActorPlane.Api.Core.V1.Event;
using CoreSeries = ActorPlane.Api.Core.V1.EventSeries;
using HpaV1 = ActorPlane.Api.Autoscaling.V1.HorizontalPodAutoscaler;
using NewEvent = ActorPlane.Api.Events.V1.Event;
using NewSeries = ActorPlane.Api.Events.V1.EventSeries;
using V1 = ActorPlane.Api.Autoscaling.V1;

namespace ActorPlane.Host.Http;

/// <summary>
/// Objects of resources that are served in more than one version, between the version of a path and the one that is stored:
/// Event (core, events.k8s.io), HorizontalPodAutoscaler (v1, v2) and custom resources.
/// Source: pkg/apis/events/v1/conversion.go, pkg/apis/autoscaling/v1/conversion.go.
/// </summary>
internal static class Conversion
{
    private const string Cpu = "cpu";

    /// <summary>A stored object in the version of a resource, with the fields of all its owners.</summary>
    public static IKubeObject To(ResourceInfo info, IKubeObject stored) => ToVersion(info, OwnersInBrief.Complete(stored));

    private static IKubeObject ToVersion(ResourceInfo info, IKubeObject stored) => info.Custom is null && info.Gvk == info.StorageGvk ? stored : stored switch
    {
        CustomObject item => Convertible(info, item).In(info.Custom!.Schema),
        CoreEvent e => ToNew(e),
        HorizontalPodAutoscaler hpa => ToV1(hpa),
        _ => throw new InvalidOperationException($"{info.StorageGvk} has no form {info.Gvk}."),
    };

    /// <summary>An object of a request in the version that is stored.</summary>
    /// <param name="live">What is stored now; what the request's version cannot say is kept from it.</param>
    public static IKubeObject ToStorage(ResourceInfo info, IKubeObject item, IKubeObject? live) => info.Gvk == info.StorageGvk ? item : item switch
    {
        // The server takes in every version.
        CustomObject custom => Convertible(info, custom),
        NewEvent e => ToCore(e),
        HpaV1 hpa => ToV2(hpa, live as HorizontalPodAutoscaler),
        _ => throw new InvalidOperationException($"{info.Gvk} has no form {info.StorageGvk}."),
    };

    // Between versions that a webhook would convert there is no way.
    private static CustomObject Convertible(ResourceInfo info, CustomObject item) =>
        info.Gvk == info.StorageGvk || info.Custom!.Definition.Spec.Conversion?.Strategy != "Webhook" ? item
        : throw new StatusException(ApiErrors.InternalError($"conversion webhook for {item.ApiVersion}, Kind={item.Kind} failed: this server calls no webhooks"));

    /// <summary>An object in another version in which its resource is served, with that version's type; null when there is no such version.</summary>
    public static (JsonValue Tree, ValueSchema Schema)? Between(ResourceInfo info, ResourceRegistry registry, JsonValue tree, string apiVersion)
    {
        var kind = GroupVersionKind.From(apiVersion, info.Gvk.Kind);
        if (registry.Find(kind) is not { } other || other.StorageGvk != info.StorageGvk) return null;
        var item = (IKubeObject)JsonCodec.Decode(info.Schema, tree, strict: false, out _);
        return (JsonCodec.ToTree(ToVersion(other, ToStorage(info, item, null))), other.Schema);
    }

    private static NewEvent ToNew(CoreEvent e) => new()
    {
        Metadata = e.Metadata,
        EventTime = e.EventTime,
        Series = e.Series is { } series ? new NewSeries { Count = series.Count, LastObservedTime = series.LastObservedTime } : null,
        ReportingController = e.ReportingComponent,
        ReportingInstance = e.ReportingInstance,
        Action = e.Action,
        Reason = e.Reason,
        Regarding = e.InvolvedObject,
        Related = e.Related,
        Note = e.Message,
        Type = e.Type,
        DeprecatedSource = e.Source,
        DeprecatedFirstTimestamp = e.FirstTimestamp,
        DeprecatedLastTimestamp = e.LastTimestamp,
        DeprecatedCount = e.Count,
    };

    private static CoreEvent ToCore(NewEvent e) => new()
    {
        Metadata = e.Metadata,
        EventTime = e.EventTime,
        Series = e.Series is { } series ? new CoreSeries { Count = series.Count, LastObservedTime = series.LastObservedTime } : null,
        ReportingComponent = e.ReportingController,
        ReportingInstance = e.ReportingInstance,
        Action = e.Action,
        Reason = e.Reason,
        InvolvedObject = e.Regarding,
        Related = e.Related,
        Message = e.Note,
        Type = e.Type,
        Source = e.DeprecatedSource,
        FirstTimestamp = e.DeprecatedFirstTimestamp,
        LastTimestamp = e.DeprecatedLastTimestamp,
        Count = e.DeprecatedCount,
    };

    private static HpaV1 ToV1(HorizontalPodAutoscaler hpa) => new()
    {
        Metadata = hpa.Metadata,
        Spec = new V1.HorizontalPodAutoscalerSpec
        {
            ScaleTargetRef = new V1.CrossVersionObjectReference
            {
                Kind = hpa.Spec.ScaleTargetRef.Kind, Name = hpa.Spec.ScaleTargetRef.Name, ApiVersion = hpa.Spec.ScaleTargetRef.ApiVersion,
            },
            MinReplicas = hpa.Spec.MinReplicas,
            MaxReplicas = hpa.Spec.MaxReplicas,
            TargetCPUUtilizationPercentage = hpa.Spec.Metrics.Find(IsCpu)?.Resource!.Target.AverageUtilization,
        },
        Status = new V1.HorizontalPodAutoscalerStatus
        {
            ObservedGeneration = hpa.Status.ObservedGeneration,
            LastScaleTime = hpa.Status.LastScaleTime,
            CurrentReplicas = hpa.Status.CurrentReplicas,
            DesiredReplicas = hpa.Status.DesiredReplicas,
            CurrentCPUUtilizationPercentage = hpa.Status.CurrentMetrics.Find(metric => metric.Resource?.Name == Cpu)?.Resource!.Current.AverageUtilization,
        },
    };

    private static HorizontalPodAutoscaler ToV2(HpaV1 hpa, HorizontalPodAutoscaler? live)
    {
        var metrics = (live?.Spec.Metrics ?? ValueList<MetricSpec>.Empty).RemoveAll(IsCpu);
        if (hpa.Spec.TargetCPUUtilizationPercentage is { } percentage)
        {
            metrics = metrics.Add(new MetricSpec
            {
                Type = "Resource",
                Resource = new ResourceMetricSource { Name = Cpu, Target = new MetricTarget { Type = "Utilization", AverageUtilization = percentage } },
            });
        }

        var status = live?.Status ?? HorizontalPodAutoscalerStatus.Empty;
        return (live ?? HorizontalPodAutoscaler.Empty) with
        {
            Metadata = hpa.Metadata,
            Spec = (live?.Spec ?? HorizontalPodAutoscalerSpec.Empty) with
            {
                ScaleTargetRef = new CrossVersionObjectReference
                {
                    Kind = hpa.Spec.ScaleTargetRef.Kind, Name = hpa.Spec.ScaleTargetRef.Name, ApiVersion = hpa.Spec.ScaleTargetRef.ApiVersion,
                },
                MinReplicas = hpa.Spec.MinReplicas,
                MaxReplicas = hpa.Spec.MaxReplicas,
                Metrics = metrics,
            },
            Status = status with
            {
                ObservedGeneration = hpa.Status.ObservedGeneration,
                LastScaleTime = hpa.Status.LastScaleTime,
                CurrentReplicas = hpa.Status.CurrentReplicas,
                DesiredReplicas = hpa.Status.DesiredReplicas,
            },
        };
    }

    private static bool IsCpu(MetricSpec metric) => metric is { Type: "Resource", Resource: { Name: Cpu, Target.Type: "Utilization" } };
}
