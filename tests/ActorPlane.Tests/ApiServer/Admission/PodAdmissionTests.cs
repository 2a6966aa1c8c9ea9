using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Tests.ApiServer.Admission;

public sealed class PodAdmissionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ResourceType Pods = new ResourceTable().Find("pods")!;

    private readonly ObjectTable _objects = new();

    public PodAdmissionTests() => _objects.Put("namespaces", new Namespace { Metadata = new ObjectMeta { Name = "default" } });

    private WriteContext Context => new(Now, new Chance(7), _objects, new PodSpecMemo(), 300);

    [Fact]
    public void A_pod_that_names_no_account_gets_the_default_one_and_its_token()
    {
        var spec = Stored(Pod()).Spec;
        Assert.Equal("default", spec.ServiceAccountName);
        var volume = Assert.Single(spec.Volumes);
        Assert.Matches("^kube-api-access-[b-z0-9]{5}$", volume.Name);
        Assert.Equal(3607, volume.Projected!.Sources[0].ServiceAccountToken!.ExpirationSeconds);
        Assert.Equal("kube-root-ca.crt", volume.Projected.Sources[1].ConfigMap!.Name);
        var mount = Assert.Single(spec.Containers[0].VolumeMounts);
        Assert.Equal((volume.Name, ServiceAccountAdmission.MountPath, true), (mount.Name, mount.MountPath, mount.ReadOnly!.Value));
    }

    [Fact]
    public void A_pod_or_its_account_may_decline_the_token()
    {
        Assert.Empty(Stored(Pod(spec => spec with { AutomountServiceAccountToken = false })).Spec.Volumes);
        _objects.Put("serviceaccounts", new ServiceAccount
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "robot" },
            AutomountServiceAccountToken = false,
            ImagePullSecrets = [new LocalObjectReference { Name = "registry" }],
        });
        var spec = Stored(Pod(spec => spec with { ServiceAccountName = "robot" })).Spec;
        Assert.Empty(spec.Volumes);
        Assert.Equal("registry", Assert.Single(spec.ImagePullSecrets).Name);
        Assert.Single(Stored(Pod(own => own with { ServiceAccountName = "robot", AutomountServiceAccountToken = true })).Spec.Volumes);
    }

    [Fact]
    public void An_account_that_does_not_exist_is_refused()
    {
        var refusal = Refusal(Pod(spec => spec with { ServiceAccountName = "nobody" }));
        Assert.Equal("pods \"p\" is forbidden: error looking up service account default/nobody: serviceaccount \"nobody\" not found", refusal.Message);
    }

    [Fact]
    public void The_plugin_can_be_turned_off()
    {
        var plan = WritePlanner.Create(Pods, Pod(), null, Context with { Plugins = AdmissionPlugins.Except(["ServiceAccount"]) });
        Assert.Null(((Pod)Assert.IsType<WritePlan.Store>(plan).Object).Spec.ServiceAccountName);
        Assert.Throws<ActorPlane.Settings.SettingsException>(() => AdmissionPlugins.Except(["ServiceAcount"]));
    }

    [Fact]
    public void A_limit_range_gives_containers_what_they_did_not_ask_for()
    {
        PutLimits(new LimitRangeItem { Type = "Container", Default = Quantities(("cpu", "500m")), DefaultRequest = Quantities(("cpu", "100m"), ("memory", "64Mi")) });
        var context = Context;
        var template = Pod();
        var first = Stored(template, context);
        var resources = first.Spec.Containers[0].Resources;
        Assert.Equal(Quantities(("cpu", "100m"), ("memory", "64Mi")), resources.Requests);
        Assert.Equal(Quantities(("cpu", "500m")), resources.Limits);
        Assert.Equal("LimitRanger plugin set: cpu, memory request for container main; cpu limit for container main", first.Metadata.Annotations[LimitRanger.Annotation]);

        // The second pod of the template, too.
        Assert.Equal(first.Metadata.Annotations, Stored(template, context).Metadata.Annotations);
        var own = Stored(Pod(spec => spec with { Containers = [spec.Containers[0] with { Resources = new ResourceRequirements { Limits = Quantities(("cpu", "1"), ("memory", "1Gi")) } }] }));
        Assert.Equal(Quantities(("cpu", "1"), ("memory", "1Gi")), own.Spec.Containers[0].Resources.Requests);
    }

    [Fact]
    public void A_limit_range_refuses_too_little_and_too_much()
    {
        PutLimits(
            new LimitRangeItem { Type = "Container", Min = Quantities(("cpu", "200m")) },
            new LimitRangeItem { Type = "Pod", Max = Quantities(("memory", "1Gi")), MaxLimitRequestRatio = Quantities(("memory", "2")) });
        var pod = Pod(spec => spec with
        {
            Containers = [spec.Containers[0] with { Resources = new ResourceRequirements { Requests = Quantities(("cpu", "100m"), ("memory", "512Mi")), Limits = Quantities(("memory", "2Gi")) } }],
        });
        Assert.Equal(
            "pods \"p\" is forbidden: [minimum cpu usage per Container is 200m, but request is 100m, maximum memory usage per Pod is 1Gi, but limit is 2Gi, memory max limit to request ratio per Pod is 2, but provided ratio is 4.000000]",
            Refusal(pod).Message);
    }

    [Fact]
    public void A_runtime_class_must_exist_and_adds_its_overhead_and_its_conditions()
    {
        var pod = Pod(spec => spec with { RuntimeClassName = "sandbox", NodeSelector = ValueMap<string>.Empty.With("a", "b") });
        Assert.Equal("pods \"p\" is forbidden: pod rejected: RuntimeClass \"sandbox\" not found", Refusal(pod).Message);

        _objects.Put("runtimeclasses.node.k8s.io", new Api.NodeGroup.V1.RuntimeClass
        {
            Metadata = new ObjectMeta { Name = "sandbox" },
            Handler = "h",
            Overhead = new Api.NodeGroup.V1.Overhead { PodFixed = Quantities(("cpu", "100m")) },
            Scheduling = new Api.NodeGroup.V1.Scheduling { NodeSelector = ValueMap<string>.Empty.With("c", "d"), Tolerations = [new Toleration { Key = "t", Operator = "Exists" }] },
        });
        var spec = Stored(pod).Spec;
        Assert.Equal(Quantities(("cpu", "100m")), spec.Overhead);
        Assert.Equal(ValueMap<string>.Empty.With("a", "b").With("c", "d"), spec.NodeSelector);
        Assert.Contains(new Toleration { Key = "t", Operator = "Exists" }, spec.Tolerations);

        Assert.Equal(
            "pods \"p\" is forbidden: conflict: runtimeClass.scheduling.nodeSelector[c] = d; pod.spec.nodeSelector[c] = x",
            Refusal(Pod(own => own with { RuntimeClassName = "sandbox", NodeSelector = ValueMap<string>.Empty.With("c", "x") })).Message);
        Assert.Equal(
            "pods \"p\" is forbidden: pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
            Refusal(Pod(own => own with { RuntimeClassName = "sandbox", Overhead = Quantities(("cpu", "1")) })).Message);
        Assert.Equal(
            "pods \"p\" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead",
            Refusal(Pod(own => own with { Overhead = Quantities(("cpu", "1")) })).Message);
    }

    private void PutLimits(params ValueList<LimitRangeItem> items) =>
        _objects.Put("limitranges", new LimitRange { Metadata = new ObjectMeta { Namespace = "default", Name = "limits" }, Spec = new LimitRangeSpec { Limits = items } });

    private Pod Stored(Pod pod, WriteContext? context = null) => (Pod)Assert.IsType<WritePlan.Store>(WritePlanner.Create(Pods, pod, null, context ?? Context)).Object;

    private Status Refusal(Pod pod) => Assert.IsType<WritePlan.Refuse>(WritePlanner.Create(Pods, pod, null, Context)).Status;

    private static ValueMap<Quantity> Quantities(params (string Name, string Amount)[] amounts) =>
        ValueMap<Quantity>.From(amounts.Select(amount => KeyValuePair.Create(amount.Name, Quantity.Parse(amount.Amount))));

    private static Pod Pod(Func<PodSpec, PodSpec>? change = null)
    {
        var spec = new PodSpec { Containers = [new Container { Name = "main", Image = "nginx" }] };
        return new Pod { Metadata = new ObjectMeta { Namespace = "default", Name = "p" }, Spec = change is null ? spec : change(spec) };
    }
}
