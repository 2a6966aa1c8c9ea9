using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Tests.ApiServer;

public sealed class OwnershipTests
{
    private const string Controllers = "kube-controller-manager";
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ResourceTable Resources = new();

    private readonly ObjectTable _objects = new();

    public OwnershipTests() => _objects.Put("namespaces", new Namespace { Metadata = new ObjectMeta { Name = "default" } });

    private static ResourceType Pods => Resources.Find("pods")!;

    private static ResourceType Deployments => Resources.Find("deployments.apps")!;

    [Fact]
    public void The_creator_and_those_who_report_are_noted_in_lists_that_all_objects_share()
    {
        var one = Stored<Pod>(WritePlanner.Create(Pods, APod("a"), null, Context(Controllers)));
        var two = Stored<Pod>(WritePlanner.Create(Pods, APod("b"), null, Context(Controllers)));
        var running = Report(one, "Running", "kubelet");

        Assert.Same(one.Metadata.ManagedFields, two.Metadata.ManagedFields);
        Assert.Equal(["kube-controller-manager/", "kubelet/status"], running.Metadata.ManagedFields.Select(entry => $"{entry.Manager}/{entry.Subresource}"));
        Assert.Same(running.Metadata.ManagedFields, Report(two, "Running", "kubelet").Metadata.ManagedFields);
        Assert.Same(running.Metadata.ManagedFields, Report(running, "Failed", "kubelet").Metadata.ManagedFields);
    }

    [Fact]
    public void Whoever_changes_a_field_that_somebody_is_known_to_own_takes_it_over()
    {
        var before = ADeployment("""{"f:spec":{"f:paused":{},"f:replicas":{}}}""");

        var scaled = Stored<Deployment>(WritePlanner.Update(
            Deployments, before with { Spec = before.Spec with { Replicas = 5 } }, before, WriteScope.Spec, Now, Controllers));

        Assert.Equal(
            ["""kubectl {"f:spec":{"f:paused":{}}}""", """kube-controller-manager {"f:spec":{"f:replicas":{}}}"""],
            scaled.Metadata.ManagedFields.Select(entry => $"{entry.Manager} {entry.FieldsV1}"));
    }

    [Fact]
    public void A_report_of_the_status_beside_a_known_owner_of_the_spec_is_noted_in_brief()
    {
        var before = ADeployment("""{"f:spec":{"f:replicas":{}}}""");

        var reported = Stored<Deployment>(WritePlanner.Update(
            Deployments, before with { Status = new DeploymentStatus { Replicas = 2 } }, before, WriteScope.Status, Now, Controllers));

        Assert.Equal([false, true], reported.Metadata.ManagedFields.Select(OwnersInBrief.IsBrief));
        Assert.Equal("""{"f:status":{"f:replicas":{}}}""", OwnersInBrief.Complete(reported).Metadata.ManagedFields[1].FieldsV1!.ToString());
    }

    [Fact]
    public void The_revision_that_the_deployment_controller_notes_is_owned_together_with_the_status()
    {
        var before = ADeployment("""{"f:spec":{"f:replicas":{}}}""");
        before = before with { Metadata = before.Metadata with { ResourceVersion = "5" } };
        var annotated = before with { Metadata = before.Metadata with { Annotations = ValueMap<string>.Empty.With("deployment.kubernetes.io/revision", "1") } };

        var noted = Stored<Deployment>(WritePlanner.Update(Deployments, annotated, before, WriteScope.Status, Now, Controllers));

        Assert.Equal(before.Metadata.Generation, noted.Metadata.Generation);
        var entry = OwnersInBrief.Complete(noted).Metadata.ManagedFields[1];
        Assert.Equal("status", entry.Subresource);
        Assert.Equal("""{"f:metadata":{"f:annotations":{".":{},"f:deployment.kubernetes.io/revision":{}}}}""", entry.FieldsV1!.ToString());
    }

    [Fact]
    public void An_object_whose_owners_were_cleared_stays_without()
    {
        var before = ADeployment(null);

        Assert.True(Stored<Deployment>(WritePlanner.Update(
            Deployments, before with { Spec = before.Spec with { Replicas = 5 } }, before, WriteScope.Spec, Now, Controllers)).Metadata.ManagedFields.IsEmpty);
    }

    private static Pod Report(Pod pod, string phase, string manager) => Stored<Pod>(WritePlanner.Update(
        Pods, pod with { Status = pod.Status with { Phase = phase } }, pod, WriteScope.Status, Now, manager));

    private static T Stored<T>(WritePlan plan)
        where T : class => (T)Assert.IsType<WritePlan.Store>(plan).Object;

    private static Pod APod(string name) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" }, Spec = new PodSpec { Containers = [new Container { Name = "c", Image = "i" }] },
    };

    private static Deployment ADeployment(string? fields) => (Deployment)Defaulting.Apply(new Deployment
    {
        Metadata = new ObjectMeta
        {
            Name = "web", Namespace = "default", Uid = "u", Generation = 1, CreationTimestamp = Now.AddHours(-1),
            ManagedFields = fields is null ? [] :
            [
                new ManagedFieldsEntry { Manager = "kubectl", Operation = "Update", ApiVersion = "apps/v1", Time = Now.AddHours(-2), FieldsType = "FieldsV1", FieldsV1 = JsonValue.Parse(fields) },
            ],
        },
        Spec = new DeploymentSpec
        {
            Replicas = 2,
            Selector = new LabelSelector { MatchLabels = ValueMap<string>.Empty.With("app", "web") },
            Template = new PodTemplateSpec
            {
                Metadata = new ObjectMeta { Labels = ValueMap<string>.Empty.With("app", "web") }, Spec = APod("t").Spec,
            },
        },
    });

    private WriteContext Context(string manager) => new(Now, new Chance(7), _objects, new PodSpecMemo(), 300) { Manager = manager };
}
