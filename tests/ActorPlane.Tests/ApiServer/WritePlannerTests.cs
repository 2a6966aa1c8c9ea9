using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Scheduling.V1;
using ActorPlane.ApiServer;
using ActorPlane.Tracing;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Tests.ApiServer;

public sealed class WritePlannerTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ResourceTable Resources = new();

    private readonly ObjectTable _objects = new();
    private readonly PodSpecMemo _memo = new();

    public WritePlannerTests() => _objects.Put("namespaces", new Namespace { Metadata = new ObjectMeta { Name = "default" } });

    private WriteContext Context => new(Now, new Chance(7), _objects, _memo, 300);

    private static ResourceType Pods => Resources.Find("pods")!;

    private static ResourceType Deployments => Resources.Find("deployments.apps")!;

    [Fact]
    public void A_new_object_gets_its_uid_its_time_and_its_first_generation()
    {
        var stored = Stored<Deployment>(WritePlanner.Create(Deployments, ADeployment(), null, Context));

        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", stored.Metadata.Uid);
        Assert.Equal(Now, stored.Metadata.CreationTimestamp!.Value.Time);
        Assert.Equal(1, stored.Metadata.Generation);
        Assert.Null(stored.Metadata.ResourceVersion);
    }

    [Fact]
    public void A_new_pod_is_pending_and_has_no_generation_and_tolerates_a_lost_node_for_five_minutes()
    {
        var stored = Stored<Pod>(WritePlanner.Create(Pods, APod() with { Status = new PodStatus { Phase = "Running" } }, null, Context));

        Assert.Equal("Pending", stored.Status.Phase);
        Assert.Equal("BestEffort", stored.Status.QosClass);
        Assert.Null(stored.Metadata.Generation);
        Assert.Equal(
            ["node.kubernetes.io/not-ready:Exists:NoExecute:300", "node.kubernetes.io/unreachable:Exists:NoExecute:300"],
            stored.Spec.Tolerations.Select(t => $"{t.Key}:{t.Operator}:{t.Effect}:{t.TolerationSeconds}"));
        Assert.Equal(0, stored.Spec.Priority);
    }

    [Fact]
    public void A_pod_that_says_itself_how_long_it_tolerates_a_lost_node_keeps_that()
    {
        var own = new Toleration { Key = "node.kubernetes.io/unreachable", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 5 };
        var pod = APod() with { Spec = APod().Spec with { Tolerations = [own] } };

        var stored = Stored<Pod>(WritePlanner.Create(Pods, pod, null, Context));

        Assert.Equal([5, 300], stored.Spec.Tolerations.Select(t => t.TolerationSeconds!.Value));
    }

    [Fact]
    public void The_pods_of_one_template_share_one_spec()
    {
        var template = APod().Spec;
        var first = Stored<Pod>(WritePlanner.Create(Pods, APod("a") with { Spec = template }, null, Context));
        var second = Stored<Pod>(WritePlanner.Create(Pods, APod("b") with { Spec = template }, null, Context));

        Assert.Same(first.Spec, second.Spec);
        Assert.NotEqual(template, first.Spec);
    }

    [Fact]
    public void A_priority_class_gives_a_pod_its_priority()
    {
        _objects.Put("priorityclasses.scheduling.k8s.io", new PriorityClass { Metadata = new ObjectMeta { Name = "high" }, Value = 1000, PreemptionPolicy = "Never" });
        var pod = APod() with { Spec = APod().Spec with { PriorityClassName = "high" } };

        var stored = Stored<Pod>(WritePlanner.Create(Pods, pod, null, Context));

        Assert.Equal((1000, "Never"), (stored.Spec.Priority, stored.Spec.PreemptionPolicy));
    }

    [Fact]
    public void A_pod_of_an_unknown_priority_class_is_forbidden()
    {
        var pod = APod() with { Spec = APod().Spec with { PriorityClassName = "none" } };
        AssertRefused(403, "Forbidden", "pods \"web\" is forbidden: no PriorityClass with name none was found", WritePlanner.Create(Pods, pod, null, Context));
    }

    [Fact]
    public void Creating_what_is_there_already_is_refused()
    {
        AssertRefused(409, "AlreadyExists", "pods \"web\" already exists", WritePlanner.Create(Pods, APod(), Saved(APod()), Context));
    }

    [Fact]
    public void Creating_in_a_namespace_that_is_not_there_is_refused()
    {
        var pod = APod() with { Metadata = new ObjectMeta { Namespace = "elsewhere", Name = "web" } };
        AssertRefused(404, "NotFound", "namespaces \"elsewhere\" not found", WritePlanner.Create(Pods, pod, null, Context));
    }

    [Fact]
    public void Creating_in_a_namespace_that_is_being_deleted_is_forbidden()
    {
        _objects.Put("namespaces", new Namespace { Metadata = new ObjectMeta { Name = "default", DeletionTimestamp = Now } });
        AssertRefused(403, "Forbidden",
            "pods \"web\" is forbidden: unable to create new content in namespace default because it is being terminated", WritePlanner.Create(Pods, APod(), null, Context));
    }

    [Fact]
    public void Creating_with_a_resource_version_is_refused()
    {
        var pod = APod() with { Metadata = APod().Metadata with { ResourceVersion = "5" } };
        AssertRefused(400, "BadRequest", "resourceVersion should not be set on objects to be created", WritePlanner.Create(Pods, pod, null, Context));
    }

    [Fact]
    public void An_object_that_breaks_the_rules_of_its_kind_is_invalid()
    {
        var pod = APod() with { Spec = new PodSpec() };
        AssertRefused(422, "Invalid", "Pod \"web\" is invalid: spec.containers: Required value", WritePlanner.Create(Pods, pod, null, Context));
    }

    [Fact]
    public void A_pod_with_a_bad_name_is_invalid_even_if_its_template_is_known()
    {
        var template = APod().Spec;
        Stored<Pod>(WritePlanner.Create(Pods, APod() with { Spec = template }, null, Context));
        var plan = WritePlanner.Create(Pods, APod("Web_1") with { Spec = template }, null, Context);
        Assert.StartsWith("Pod \"Web_1\" is invalid: metadata.name: Invalid value: \"Web_1\"", Assert.IsType<WritePlan.Refuse>(plan).Status.Message);
    }

    [Fact]
    public void A_selector_cannot_change()
    {
        var before = Saved(ADeployment());
        var labels = ValueMap<string>.Empty.With("app", "other");
        var update = before with
        {
            Spec = before.Spec with
            {
                Selector = new LabelSelector { MatchLabels = labels },
                Template = before.Spec.Template with { Metadata = new ObjectMeta { Labels = labels } },
            },
        };
        var status = Assert.IsType<WritePlan.Refuse>(WritePlanner.Update(Deployments, update, before, WriteScope.Spec)).Status;
        Assert.Equal((422, "spec.selector"), (status.Code!.Value, Assert.Single(status.Details!.Causes).Field));
        Assert.EndsWith("field is immutable", status.Message);
    }

    [Fact]
    public void A_generated_name_that_is_taken_is_drawn_anew()
    {
        var pod = APod() with { Metadata = new ObjectMeta { Namespace = "default", GenerateName = "web-" } };
        var first = WritePlanner.Named(pod, new Chance(7), _ => false)!.Metadata.Name!;
        var other = WritePlanner.Named(pod, new Chance(7), name => name == first)!.Metadata.Name!;

        Assert.Matches("^web-[bcdfghjklmnpqrstvwxz2456789]{5}$", first);
        Assert.Matches("^web-[bcdfghjklmnpqrstvwxz2456789]{5}$", other);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void A_long_generated_name_stays_within_63_characters()
    {
        var pod = APod() with { Metadata = new ObjectMeta { GenerateName = new string('a', 80) } };
        Assert.Equal(63, WritePlanner.Named(pod, new Chance(7), _ => false)!.Metadata.Name!.Length);
    }

    [Fact]
    public void A_stale_update_is_a_conflict()
    {
        var before = Saved(ADeployment());
        var update = before with { Metadata = before.Metadata with { ResourceVersion = "6" } };
        AssertRefused(409, "Conflict",
            "Operation cannot be fulfilled on deployments.apps \"web\": the object has been modified; please apply your changes to the latest version and try again",
            WritePlanner.Update(Deployments, update, before, WriteScope.Spec));
    }

    [Fact]
    public void An_update_of_another_incarnation_is_a_conflict()
    {
        var before = Saved(ADeployment());
        var update = before with { Metadata = before.Metadata with { Uid = "other", ResourceVersion = null } };
        AssertRefused(409, "Conflict",
            "Operation cannot be fulfilled on deployments.apps \"web\": StorageError: invalid object, Code: 4, Key: /registry/deployments/default/web, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: 1-2-3",
            WritePlanner.Update(Deployments, update, before, WriteScope.Spec));
    }

    [Fact]
    public void An_update_without_a_version_replaces_what_is_there_but_keeps_what_is_the_servers()
    {
        var before = Saved(ADeployment());
        var update = ADeployment() with
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web", Labels = ValueMap<string>.Empty.With("a", "b") },
            Status = new DeploymentStatus { Replicas = 99 },
        };

        var stored = Stored<Deployment>(WritePlanner.Update(Deployments, update, before, WriteScope.Spec));

        Assert.Equal(before.Metadata with { ResourceVersion = null, Labels = update.Metadata.Labels }, stored.Metadata);
        Assert.Equal(before.Status, stored.Status);
    }

    [Fact]
    public void A_change_of_the_spec_counts_the_generation_up()
    {
        var before = Saved(ADeployment());
        var stored = Stored<Deployment>(WritePlanner.Update(Deployments, before with { Spec = before.Spec with { Replicas = 5 } }, before, WriteScope.Spec));
        Assert.Equal((2L, 5), (stored.Metadata.Generation!.Value, stored.Spec.Replicas));
    }

    [Fact]
    public void A_change_of_labels_does_not_count_the_generation_up()
    {
        var before = Saved(ADeployment());
        var update = before with { Metadata = before.Metadata with { Labels = ValueMap<string>.Empty.With("a", "b") } };
        Assert.Equal(1, Stored<Deployment>(WritePlanner.Update(Deployments, update, before, WriteScope.Spec)).Metadata.Generation);
    }

    [Fact]
    public void A_status_update_changes_the_status_and_nothing_else()
    {
        var before = Saved(ADeployment());
        var update = before with
        {
            Metadata = before.Metadata with { Labels = ValueMap<string>.Empty.With("a", "b") },
            Spec = before.Spec with { Replicas = 5 },
            Status = new DeploymentStatus { Replicas = 3 },
        };

        var stored = Stored<Deployment>(WritePlanner.Update(Deployments, update, before, WriteScope.Status));

        Assert.Equal(before with { Metadata = before.Metadata with { ResourceVersion = null }, Status = update.Status }, stored);
    }

    [Fact]
    public void An_update_that_changes_nothing_is_not_written()
    {
        var before = Saved(ADeployment());
        var same = before with { Spec = before.Spec with { Replicas = before.Spec.Replicas }, Metadata = before.Metadata with { ResourceVersion = null } };
        Assert.IsType<WritePlan.Keep>(WritePlanner.Update(Deployments, same, before, WriteScope.Spec));
        Assert.IsType<WritePlan.Keep>(WritePlanner.Update(Deployments, same, before, WriteScope.Status));
    }

    [Fact]
    public void An_update_of_what_is_not_there_is_refused()
    {
        AssertRefused(404, "NotFound", "deployments.apps \"web\" not found", WritePlanner.Update(Deployments, ADeployment(), null, WriteScope.Spec));
    }

    [Fact]
    public void A_kubelet_cannot_change_a_pods_class_of_service()
    {
        var before = Saved(APod() with { Status = new PodStatus { Phase = "Pending", QosClass = "Burstable" } });
        var stored = Stored<Pod>(WritePlanner.Update(Pods, before with { Status = new PodStatus { Phase = "Running" } }, before, WriteScope.Status));
        Assert.Equal(new PodStatus { Phase = "Running", QosClass = "Burstable" }, stored.Status);
    }

    [Fact]
    public void Pods_of_one_template_on_one_node_share_a_spec()
    {
        var specs = new PodSpecMemo();
        var pod = Saved(APod());
        var other = pod.WithMetadata(pod.Metadata with { Uid = "other" });

        var first = Stored<Pod>(WritePlanner.Bind(ABind(), pod, Now, specs));
        var second = Stored<Pod>(WritePlanner.Bind(ABind() with { Uid = "other" }, other, Now, specs));
        var elsewhere = Stored<Pod>(WritePlanner.Bind(ABind() with { NodeName = "node-9" }, pod, Now, specs));

        Assert.Same(first.Spec, second.Spec);
        Assert.Equal("node-9", elsewhere.Spec.NodeName);
    }

    [Fact]
    public void Binding_sets_the_node_and_the_condition_in_one_write()
    {
        var stored = Stored<Pod>(WritePlanner.Bind(ABind(), Saved(APod()), Now, new PodSpecMemo()));
        Assert.Equal("node-1", stored.Spec.NodeName);
        Assert.Equal(new PodCondition { Type = "PodScheduled", Status = "True", LastTransitionTime = Now }, Assert.Single(stored.Status.Conditions));
    }

    [Fact]
    public void Binding_replaces_the_condition_that_said_that_the_pod_fits_nowhere()
    {
        var unscheduled = new PodCondition { Type = "PodScheduled", Status = "False", Reason = "Unschedulable" };
        var stored = Stored<Pod>(WritePlanner.Bind(ABind(), Saved(APod() with { Status = new PodStatus { Conditions = [unscheduled] } }), Now, new PodSpecMemo()));
        Assert.Equal("True", Assert.Single(stored.Status.Conditions).Status);
    }

    [Fact]
    public void A_pod_is_bound_once()
    {
        var bound = Saved(APod("web", "node-2"));
        AssertRefused(409, "Conflict",
            "Operation cannot be fulfilled on pods/binding \"web\": pod web is already assigned to node \"node-2\"", WritePlanner.Bind(ABind(), bound, Now, new PodSpecMemo()));
    }

    [Fact]
    public void A_pod_that_is_being_deleted_is_not_bound()
    {
        var pod = Saved(APod());
        var going = pod with { Metadata = pod.Metadata with { DeletionTimestamp = Now } };
        AssertRefused(409, "Conflict",
            "Operation cannot be fulfilled on pods/binding \"web\": pod web is being deleted, cannot be assigned to a host", WritePlanner.Bind(ABind(), going, Now, new PodSpecMemo()));
    }

    [Fact]
    public void Another_pod_of_the_same_name_is_not_bound()
    {
        var plan = WritePlanner.Bind(ABind() with { Uid = "other" }, Saved(APod()), Now, new PodSpecMemo());
        Assert.Equal(409, Assert.IsType<WritePlan.Refuse>(plan).Status.Code);
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(5L, 5)]
    [InlineData(-1L, 1)]
    public void A_pod_on_a_node_is_only_marked_for_deletion(long? requested, long granted)
    {
        var stored = Stored<Pod>(WritePlanner.Delete(Pods, ADelete(requested), Saved(APod("web", "node-1")), Now));
        Assert.Equal(granted, stored.Metadata.DeletionGracePeriodSeconds);
        Assert.Equal(Now + TimeSpan.FromSeconds(granted), stored.Metadata.DeletionTimestamp!.Value.Time);
    }

    [Fact]
    public void A_pod_with_a_grace_period_of_its_own_gets_that()
    {
        var pod = Saved(APod("web", "node-1"));
        var slow = pod with { Spec = pod.Spec with { TerminationGracePeriodSeconds = 90 } };
        Assert.Equal(90, Stored<Pod>(WritePlanner.Delete(Pods, ADelete(), slow, Now)).Metadata.DeletionGracePeriodSeconds);
    }

    [Fact]
    public void A_grace_period_beyond_all_bounds_ends_in_292_years()
    {
        var stored = Stored<Pod>(WritePlanner.Delete(Pods, ADelete(long.MaxValue), Saved(APod("web", "node-1")), Now));
        Assert.Equal(long.MaxValue, stored.Metadata.DeletionGracePeriodSeconds);
        Assert.Equal(Now + TimeSpan.FromSeconds(Durations.LongestSeconds), stored.Metadata.DeletionTimestamp!.Value.Time);
    }

    [Fact]
    public void A_pod_without_a_node_goes_at_once() => AssertGoes(Saved(APod()), ADelete());

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    public void A_pod_that_has_ended_goes_at_once(string phase)
    {
        var ended = Saved(APod("web", "node-1") with { Status = new PodStatus { Phase = phase } });
        AssertGoes(ended, ADelete());
    }

    // Marked first, which is seen, then removed.
    private static void AssertGoes(Pod pod, Delete delete)
    {
        var plan = Assert.IsType<WritePlan.Store>(WritePlanner.Delete(Pods, delete, pod, Now));
        Assert.True(plan.ThenRemove);
        Assert.Equal((0L, Now), (plan.Object.Metadata.DeletionGracePeriodSeconds!.Value, plan.Object.Metadata.DeletionTimestamp!.Value.Time));
        Assert.IsType<WritePlan.Remove>(WritePlanner.Delete(Pods, delete, plan.Object, Now));
    }

    [Fact]
    public void A_kubelet_removes_a_marked_pod_with_grace_zero()
    {
        var marked = Stored<Pod>(WritePlanner.Delete(Pods, ADelete(), Saved(APod("web", "node-1")), Now));
        AssertGoes(marked, ADelete(0));
    }

    [Fact]
    public void A_second_deletion_may_shorten_the_grace_but_not_lengthen_it()
    {
        var marked = Stored<Pod>(WritePlanner.Delete(Pods, ADelete(), Saved(APod("web", "node-1")), Now));
        var later = Now + TimeSpan.FromSeconds(3);

        Assert.IsType<WritePlan.Keep>(WritePlanner.Delete(Pods, ADelete(), marked, later));
        Assert.IsType<WritePlan.Keep>(WritePlanner.Delete(Pods, ADelete(60), marked, later));
        var shorter = Stored<Pod>(WritePlanner.Delete(Pods, ADelete(10), marked, later)).Metadata;
        Assert.Equal((10L, Now + TimeSpan.FromSeconds(10)), (shorter.DeletionGracePeriodSeconds!.Value, shorter.DeletionTimestamp!.Value.Time));
    }

    [Fact]
    public void An_object_with_finalizers_stays_until_they_are_gone()
    {
        var before = Saved(ADeployment());
        before = before with { Metadata = before.Metadata with { Finalizers = ["example.com/hold"] } };

        var marked = Stored<Deployment>(WritePlanner.Delete(Deployments, ADelete(), before, Now));
        Assert.Equal((0L, 2L), (marked.Metadata.DeletionGracePeriodSeconds!.Value, marked.Metadata.Generation!.Value));
        Assert.IsType<WritePlan.Keep>(WritePlanner.Delete(Deployments, ADelete(), marked, Now));

        var released = marked with { Metadata = marked.Metadata with { Finalizers = [] } };
        Assert.IsType<WritePlan.Remove>(WritePlanner.Update(Deployments, released, marked, WriteScope.Spec));
    }

    [Fact]
    public void A_namespace_is_marked_terminating_and_kept()
    {
        var namespaces = Resources.Find("namespaces")!;
        var created = Stored<Namespace>(WritePlanner.Create(namespaces, new Namespace { Metadata = new ObjectMeta { Name = "team" } }, null, Context));
        Assert.Equal("Active", created.Status.Phase);
        Assert.Equal(["kubernetes"], created.Spec.Finalizers);

        var marked = Stored<Namespace>(WritePlanner.Delete(namespaces, ADelete() with { Resource = "namespaces", Namespace = "", Name = "team" }, created, Now));
        Assert.Equal("Terminating", marked.Status.Phase);
        Assert.NotNull(marked.Metadata.DeletionTimestamp);
    }

    [Fact]
    public void A_deletion_of_another_incarnation_or_version_is_a_conflict()
    {
        AssertRefused(409, "Conflict",
            "Operation cannot be fulfilled on pods \"web\": the UID in the precondition (other) does not match the UID in record (1-2-3). "
            + "The object might have been deleted and then recreated",
            WritePlanner.Delete(Pods, ADelete() with { Uid = "other" }, Saved(APod()), Now));
        AssertRefused(409, "Conflict",
            "Operation cannot be fulfilled on pods \"web\": the ResourceVersion in the precondition (6) does not match the ResourceVersion in record (7). "
            + "The object might have been modified",
            WritePlanner.Delete(Pods, ADelete() with { ResourceVersion = "6" }, Saved(APod()), Now));
    }

    private static Pod APod(string name = "web", string? node = null) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Spec = new PodSpec { NodeName = node, Containers = [new Container { Name = "main", Image = "nginx" }] },
    };

    private static Deployment ADeployment()
    {
        var labels = ValueMap<string>.Empty.With("app", "web");
        return new Deployment
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
            Spec = new DeploymentSpec
            {
                Replicas = 3,
                Selector = new LabelSelector { MatchLabels = labels },
                Template = new PodTemplateSpec { Metadata = new ObjectMeta { Labels = labels }, Spec = APod().Spec },
            },
        };
    }

    /// <summary>As the server would have stored it, at revision 7.</summary>
    private static T Saved<T>(T item) where T : class, IKubeObject =>
        (T)ObjectRules.WithDefaults(item.WithMetadata(item.Metadata with
        {
            Uid = "1-2-3", ResourceVersion = "7", CreationTimestamp = Now, Generation = item is Deployment ? 1 : null,
        }));

    private static Bind ABind() => new(1, "default", "web", "1-2-3", "node-1", Cause.None);

    private static Delete ADelete(long? grace = null) => new(1, "pods", "default", "web", grace, null, null, Cause.None);

    private static T Stored<T>(WritePlan plan) => (T)Assert.IsType<WritePlan.Store>(plan).Object;

    private static void AssertRefused(int code, string reason, string message, WritePlan plan)
    {
        var status = Assert.IsType<WritePlan.Refuse>(plan).Status;
        Assert.Equal((code, reason, message), (status.Code!.Value, status.Reason, status.Message));
    }
}
