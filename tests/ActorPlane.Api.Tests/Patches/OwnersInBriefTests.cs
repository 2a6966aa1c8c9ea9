using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api.Tests;

public sealed class OwnersInBriefTests
{
    private const string Controllers = "kube-controller-manager";
    private static readonly Timestamp Created = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Timestamp Later = new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.Zero);

    private static readonly ValueList<ManagedFieldsEntry> OfAPod = OwnersInBrief.With(
        OwnersInBrief.With(ValueList<ManagedFieldsEntry>.Empty, Controllers, "v1", ""), "kubelet", "v1", "status");

    [Fact]
    public void Objects_with_the_same_writers_share_one_list()
    {
        var other = OwnersInBrief.With(OwnersInBrief.With(ValueList<ManagedFieldsEntry>.Empty, Controllers, "v1", ""), "kubelet", "v1", "status");

        Assert.Same(OfAPod, other);
        Assert.Same(OfAPod, OwnersInBrief.With(other, "kubelet", "v1", "status"));
    }

    [Fact]
    public void The_creator_of_a_pod_owns_what_it_said_and_the_kubelet_what_it_reports_and_nobody_what_the_server_added()
    {
        var entries = OwnersInBrief.Complete(APod(OfAPod)).Metadata.ManagedFields;

        Assert.Equal([$"{Controllers}  {Created}", $"kubelet status {Later}"], entries.Select(entry => $"{entry.Manager} {entry.Subresource} {entry.Time}"));
        Assert.Equal(
            """{"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{},"f:resources":{}}},"f:restartPolicy":{}}}""",
            entries[0].FieldsV1!.ToString());
        Assert.Equal(
            """{"f:status":{"f:conditions":{"k:{\"type\":\"Ready\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}},"f:phase":{},"f:podIP":{}}}""",
            entries[1].FieldsV1!.ToString());
    }

    [Fact]
    public void What_another_owner_names_is_not_in_those_in_brief()
    {
        var label = new ManagedFieldsEntry
        {
            Manager = "kubectl-label", Operation = "Update", ApiVersion = "v1", Time = Later, FieldsType = "FieldsV1",
            FieldsV1 = JsonValue.Parse("""{"f:metadata":{"f:labels":{"f:app":{}}}}"""),
        };

        var entries = OwnersInBrief.Complete(APod(OfAPod.Add(label))).Metadata.ManagedFields;

        Assert.Equal([Controllers, "kubectl-label", "kubelet"], entries.Select(entry => entry.Manager));
        Assert.Equal("{}", entries[0].FieldsV1!.At("f:metadata", "f:labels")!.ToString());
    }

    [Fact]
    public void After_a_write_that_leaves_them_what_they_have_they_are_in_brief_again_and_else_not()
    {
        var pod = APod(OfAPod);
        var tree = JsonCodec.ToTree(pod);
        var full = OwnersInBrief.Complete(pod).Metadata.ManagedFields;
        var labelled = tree.With("metadata", tree["metadata"]!.With("labels", JsonValue.Parse("""{"app":"x","more":"y"}""")));
        var relabelled = tree.With("metadata", tree["metadata"]!.With("labels", JsonValue.Parse("""{"app":"other"}""")));
        var write = new FieldWrite("kubectl-label", "v1", Later) { Ignored = ["status"] };

        var added = OwnersInBrief.Shorten(ManagedFields.Update(full, tree, labelled, Pod.Descriptor, write), OfAPod, pod, labelled);
        var taken = OwnersInBrief.Shorten(ManagedFields.Update(full, tree, relabelled, Pod.Descriptor, write), OfAPod, pod, relabelled);

        Assert.Equal([true, false, true], added.Select(OwnersInBrief.IsBrief));
        Assert.Equal("""{"f:metadata":{"f:labels":{"f:more":{}}}}""", added[1].FieldsV1!.ToString());
        Assert.Equal([true, false, true], taken.Select(OwnersInBrief.IsBrief));
        Assert.Equal("""{"f:metadata":{"f:labels":{"f:app":{}}}}""", taken[1].FieldsV1!.ToString());
    }

    [Fact]
    public void A_node_that_fell_silent_has_its_conditions_from_the_controllers()
    {
        var owners = OwnersInBrief.With(
            OwnersInBrief.With(OwnersInBrief.With(ValueList<ManagedFieldsEntry>.Empty, "kubelet", "v1", ""), "kubelet", "v1", "status"), Controllers, "v1", "status");
        var node = new Node
        {
            Metadata = new ObjectMeta { Name = "n", CreationTimestamp = Created, ManagedFields = owners },
            Status = new NodeStatus
            {
                Capacity = ValueMap<Quantity>.Empty.With("cpu", Quantity.Parse("1")),
                Conditions = [new NodeCondition { Type = "Ready", Status = "Unknown", Reason = "NodeStatusUnknown" }, new NodeCondition { Type = "Odd", Status = "True" }],
            },
        };

        var entries = OwnersInBrief.Complete(node).Metadata.ManagedFields;

        Assert.True(FieldSet.FromJson(entries.Find(entry => entry.Manager == Controllers)!.FieldsV1).Touches("f:status"));
        Assert.Contains("Ready", entries.Find(entry => entry.Manager == Controllers)!.FieldsV1!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Ready", entries.Find(entry => entry is { Manager: "kubelet", Subresource: "status" })!.FieldsV1!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Odd", entries.Find(entry => entry is { Manager: "kubelet", Subresource: "status" })!.FieldsV1!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_of_one_form_have_the_same_fields_and_each_its_own_address_and_times()
    {
        var one = APod(OfAPod);
        one = one with { Status = one.Status with { PodIPs = [new PodIP { Ip = "1.2.3.4" }], HostIPs = [new HostIP { Ip = "10.0.0.1" }] } };
        var other = one with
        {
            Metadata = one.Metadata with { Name = "q", CreationTimestamp = Later },
            Spec = one.Spec with
            {
                Volumes = [new Volume { Name = "kube-api-access-y" }],
                Containers = [one.Spec.Containers[0] with { VolumeMounts = [new VolumeMount { Name = "kube-api-access-y", MountPath = "/var/run" }] }],
            },
            Status = one.Status with { PodIP = "5.6.7.8", PodIPs = [new PodIP { Ip = "5.6.7.8" }], HostIPs = [new HostIP { Ip = "10.0.0.2" }] },
        };

        var first = OwnersInBrief.Complete(one).Metadata.ManagedFields;
        var second = OwnersInBrief.Complete(other).Metadata.ManagedFields;

        Assert.Equal(first.Select(entry => entry.FieldsV1!.ToString().Replace("1.2.3.4", "5.6.7.8", StringComparison.Ordinal)), second.Select(entry => entry.FieldsV1!.ToString()));
        Assert.Same(first[0].FieldsV1, second[0].FieldsV1);
        Assert.NotNull(second[1].FieldsV1!.At("f:status", "f:podIPs", """k:{"ip":"5.6.7.8"}""", "f:ip"));
        Assert.Equal([Created, Later], first.Select(entry => entry.Time));
        Assert.Equal([Later, Later], second.Select(entry => entry.Time));
    }

    [Theory]
    [MemberData(nameof(OtherForms))]
    public void A_pod_of_another_form_has_the_fields_that_are_worked_out_for_it_alone(Pod pod)
    {
        OwnersInBrief.Complete(APod(OfAPod));

        // What is shortened is compared with what the object alone says.
        var full = OwnersInBrief.Complete(pod).Metadata.ManagedFields;

        Assert.Equal(full.Count, OwnersInBrief.Shorten(full, pod.Metadata.ManagedFields, pod, JsonCodec.ToTree(pod)).Count(OwnersInBrief.IsBrief));
    }

    [Theory]
    [MemberData(nameof(OtherForms))]
    public void Who_creates_an_object_owns_the_same_whether_its_form_is_known_or_not(Pod pod)
    {
        var write = new FieldWrite("kubectl-create", "v1", Later) { Ignored = ["status"] };

        var known = ManagedFields.Create(APod(OfAPod), Pod.Descriptor, write);
        var entries = ManagedFields.Create(pod, Pod.Descriptor, write);

        Assert.Single(known);
        Assert.Equal(ManagedFields.Update(ValueList<ManagedFieldsEntry>.Empty, null, JsonCodec.ToTree(pod), Pod.Descriptor, write), entries);
        Assert.Equal(entries, ManagedFields.Create(pod, Pod.Descriptor, write));
    }

    public static TheoryData<Pod> OtherForms()
    {
        var pod = APod(OfAPod);
        var container = pod.Spec.Containers[0];
        return
        [
            pod with { Status = pod.Status with { Phase = "Pending" } },
            pod with { Status = pod.Status with { PodIPs = [new PodIP { Ip = "1.2.3.4" }] } },
            pod with { Status = pod.Status with { PodIPs = [new PodIP { Ip = "1.2.3.4" }, new PodIP { Ip = "fd00::1" }] } },
            pod with { Metadata = pod.Metadata with { DeletionTimestamp = Later } },
            pod with { Metadata = pod.Metadata with { Labels = ValueMap<string>.Empty.With("other", "x") } },
            pod with { Metadata = pod.Metadata with { Finalizers = ["a/b"] } },
            pod with { Metadata = pod.Metadata with { Finalizers = ["a/c"] } },
            pod with { Spec = pod.Spec with { Tolerations = pod.Spec.Tolerations.Add(new Toleration { Key = "k", Operator = "Exists" }) } },
            pod with { Spec = pod.Spec with { Volumes = pod.Spec.Volumes.Add(new Volume { Name = "more" }) } },
            pod with { Spec = pod.Spec with { Volumes = pod.Spec.Volumes.Add(new Volume { Name = "some" }) } },
            pod with { Spec = pod.Spec with { Containers = [container with { Name = "d" }] } },
            pod with { Spec = pod.Spec with { Containers = [container with { Name = "kube-api-access-x" }] } },
            pod with { Spec = pod.Spec with { Containers = [container with { Name = "kube-api-access-y" }], Volumes = [new Volume { Name = "kube-api-access-y" }] } },
            pod with { Spec = pod.Spec with { Containers = [container with { Ports = [new ContainerPort { ContainerPort_ = 80 }] }] } },
            pod with { Spec = pod.Spec with { Containers = [container with { Ports = [new ContainerPort { ContainerPort_ = 81 }] }] } },
            pod with { Status = pod.Status with { Conditions = pod.Status.Conditions.Add(new PodCondition { Type = "More", Status = "True" }) } },
        ];
    }

    private static Pod APod(ValueList<ManagedFieldsEntry> owners) => new()
    {
        Metadata = new ObjectMeta { Name = "p", Namespace = "d", CreationTimestamp = Created, Labels = ValueMap<string>.Empty.With("app", "x"), ManagedFields = owners },
        Spec = new PodSpec
        {
            NodeName = "n", Priority = 0, PreemptionPolicy = "PreemptLowerPriority", RestartPolicy = "Always", ServiceAccountName = "default",
            Tolerations = [new Toleration { Key = "node.kubernetes.io/not-ready", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 }],
            Volumes = [new Volume { Name = "kube-api-access-x" }],
            Containers = [new Container { Name = "c", Image = "i", VolumeMounts = [new VolumeMount { Name = "kube-api-access-x", MountPath = "/var/run" }] }],
        },
        Status = new PodStatus
        {
            Phase = "Running", QosClass = "BestEffort", PodIP = "1.2.3.4",
            Conditions =
            [
                new PodCondition { Type = "PodScheduled", Status = "True", LastTransitionTime = Created },
                new PodCondition { Type = "Ready", Status = "True", LastTransitionTime = Later },
            ],
        },
    };
}
