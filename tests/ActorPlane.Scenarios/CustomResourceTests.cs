using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Simulation;
using ActorPlane.TestKit;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Scenarios;

/// <summary>Custom resources in the life of a cluster: they are served, owned, emptied and found again like all others.</summary>
public sealed class CustomResourceTests
{
    private const string Widgets = "widgets.example.com";
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_definition_is_established_in_two_steps_and_served_from_then_on()
    {
        using var cluster = Start();
        var seen = new List<string>();
        cluster.Require(snapshot =>
        {
            var conditions = Stored(snapshot)?.Status.Conditions.Select(condition => $"{condition.Type}={condition.Status}/{condition.Reason}");
            if (conditions is not null && string.Join(' ', conditions) is { Length: > 0 } text && (seen.Count == 0 || seen[^1] != text)) seen.Add(text);
            return null;
        });
        Establish(cluster, Definition());

        Assert.Equal(
            ["NamesAccepted=True/NoConflicts Established=False/Installing", "NamesAccepted=True/NoConflicts Established=True/InitialNamesAccepted"], seen);
        var widget = cluster.Create(Widgets, Widget(cluster, "one"));
        Assert.Equal("""{"spec":{"size":1}}""", widget.Content.ToString());
        Assert.Equal(1, widget.Metadata.Generation);
        Assert.Equal("one", Seen<CustomObject>(cluster, Widgets, "default", "one")!.Metadata.Name);
    }

    [Fact]
    public void Names_that_another_definition_of_the_group_has_are_refused_until_it_goes()
    {
        using var cluster = Start();
        Establish(cluster, Definition());
        cluster.Create(CustomResources.Definitions, Definition("gadgets", "Widget"));
        cluster.WaitUntil(() => Condition(cluster, "gadgets.example.com", "NamesAccepted") is { Status: "False" }, AMinute, "the names clash");
        Assert.Equal("\"WidgetList\" is already in use", Condition(cluster, "gadgets.example.com", "NamesAccepted")!.Message);
        Assert.Equal("NotAccepted", Condition(cluster, "gadgets.example.com", "Established")!.Reason);

        cluster.Delete(CustomResources.Definitions, "", Widgets);
        cluster.WaitUntil(() => Condition(cluster, "gadgets.example.com", "Established") is { Status: "True" }, AMinute, "the names are free");
    }

    [Fact]
    public void A_definition_goes_when_the_last_of_its_objects_is_gone()
    {
        using var cluster = Start();
        Establish(cluster, Definition());
        cluster.Create(Widgets, Widget(cluster, "free"));
        cluster.Create(Widgets, Widget(cluster, "held", new ObjectMeta { Finalizers = ["example.com/hold"] }));
        cluster.Delete(CustomResources.Definitions, "", Widgets);
        cluster.WaitUntil(() => cluster.List<CustomObject>(Widgets).Count == 1, AMinute, "the free one is gone");
        cluster.HoldsFor(() => Condition(cluster, Widgets, "Terminating") is { Status: "True" }, AMinute, "the definition waits");
        var refusal = cluster.Do((client, cause, done) => client.Create(Widgets, Widget(cluster, "late"), cause, done)).Refusal!;
        Assert.Equal((405, "create not allowed while custom resource definition is terminating"), (refusal.Code!.Value, refusal.Message));

        var held = Seen<CustomObject>(cluster, Widgets, "default", "held")!;
        cluster.Update(Widgets, (CustomObject)held.WithMetadata(held.Metadata with { Finalizers = [] }));
        cluster.WaitUntil(() => Stored(cluster.Plane.Snapshot) is null, AMinute, "the definition is gone");
        Assert.True(cluster.Do((client, cause, done) => client.List(Widgets, ObjectSelector.All, cause, done)).IsRefused(StatusReason.NotFound));
    }

    [Fact]
    public void A_namespace_takes_its_custom_objects_with_it()
    {
        using var cluster = Start();
        Establish(cluster, Definition());
        cluster.Create("namespaces", new Namespace { Metadata = new ObjectMeta { Name = "team" } });
        cluster.Create(Widgets, Widget(cluster, "one", new ObjectMeta { Namespace = "team" }));
        cluster.Delete("namespaces", "", "team");
        cluster.WaitUntil(() => Seen<Namespace>(cluster, "namespaces", "", "team") is null, TimeSpan.FromMinutes(2), "the namespace is gone");
        Assert.Empty(cluster.List<CustomObject>(Widgets));
    }

    [Theory]
    [InlineData(PropagationPolicy.Background)]
    [InlineData(PropagationPolicy.Foreground)]
    [InlineData(PropagationPolicy.Orphan)]
    public void Custom_objects_own_and_are_owned(PropagationPolicy policy)
    {
        using var cluster = Start();
        Establish(cluster, Definition());
        var top = cluster.Create(Widgets, Widget(cluster, "top"));
        var below = cluster.Create("configmaps", new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "below", OwnerReferences = [Owner(top)] } });
        cluster.Create(Widgets, Widget(cluster, "last", new ObjectMeta { OwnerReferences = [Owner(below)] }));
        cluster.Do((client, cause, done) => client.Delete(Widgets, "default", "top", cause, done, propagation: policy));

        cluster.WaitUntil(() => Seen<CustomObject>(cluster, Widgets, "default", "top") is null, AMinute, "the owner is gone");
        if (policy == PropagationPolicy.Orphan)
        {
            cluster.HoldsFor(() => cluster.List<CustomObject>(Widgets).Count == 1, AMinute, "its dependents stay");
            Assert.Empty(Seen<ConfigMap>(cluster, "configmaps", "default", "below")!.Metadata.OwnerReferences);
            return;
        }

        cluster.WaitUntil(() => cluster.List<CustomObject>(Widgets).Count == 0, AMinute, "all that it owned is gone");
        Assert.Null(Seen<ConfigMap>(cluster, "configmaps", "default", "below"));
    }

    [Fact]
    public void A_cluster_started_again_on_its_disk_serves_what_it_served()
    {
        var disk = new SimulatedDisk();
        string? version;
        using (var first = SimulatedCluster.Start(new ClusterOptions { Nodes = 1, Disk = disk }))
        {
            Establish(first, Definition());
            var widget = first.Create(Widgets, Widget(first, "one"));
            version = widget.Metadata.ResourceVersion;
            first.Create("configmaps", new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "owned", OwnerReferences = [Owner(widget)] } });
        }

        using var second = SimulatedCluster.Start(new ClusterOptions { Nodes = 1, Disk = disk });
        var again = Seen<CustomObject>(second, Widgets, "default", "one")!;
        Assert.Equal("""{"spec":{"size":1}}""", again.Content.ToString());
        Assert.Equal(version, again.Metadata.ResourceVersion);
        second.HoldsFor(() => Seen<ConfigMap>(second, "configmaps", "default", "owned") is not null, AMinute, "an owner that is there keeps its dependents");
        second.Delete(Widgets, "default", "one");
        second.WaitUntil(() => Seen<ConfigMap>(second, "configmaps", "default", "owned") is null, AMinute, "a dependent goes with its owner");
    }

    [Theory]
    [InlineData("etcd")]
    [InlineData("kube-apiserver")]
    [InlineData("apiextensions-apiserver")]
    [InlineData("kube-controller-manager")]
    public void A_crash_in_between_delays_a_definition_and_no_more(string process)
    {
        using var cluster = Start();
        cluster.Create(CustomResources.Definitions, Definition());
        cluster.CrashProcess(process);
        cluster.WaitUntil(() => Condition(cluster, Widgets, "Established") is { Status: "True" }, AMinute, "the definition is established");
        cluster.Create(Widgets, Widget(cluster, "one"));
        cluster.CrashProcess(process);

        // Who does not know whether it was done asks again.
        while (!cluster.Do((client, cause, done) => client.Delete(CustomResources.Definitions, "", Widgets, cause, done)).IsDone) cluster.RunFor(TimeSpan.FromSeconds(1));
        cluster.CrashProcess(process);
        cluster.WaitUntil(() => Stored(cluster.Plane.Snapshot) is null, TimeSpan.FromMinutes(2), "the definition is gone");
    }

    [Fact]
    public void A_definition_that_changes_shows_its_objects_as_it_is_now()
    {
        using var cluster = Start();
        Establish(cluster, Definition());
        cluster.Create(Widgets, Widget(cluster, "one"));
        var definition = Stored(cluster.Plane.Snapshot)!;
        var wider = Definition("widgets", "Widget", """{"size":{"type":"integer","default":1},"colour":{"type":"string","default":"red"}}""");
        cluster.Update(CustomResources.Definitions, definition with { Spec = definition.Spec with { Versions = wider.Spec.Versions } });
        Assert.Equal("""{"spec":{"size":1,"colour":"red"}}""", Seen<CustomObject>(cluster, Widgets, "default", "one")!.Content.ToString());
    }

    private static SimulatedCluster Start() => SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });

    private static void Establish(SimulatedCluster cluster, CustomResourceDefinition definition)
    {
        cluster.Create(CustomResources.Definitions, definition);
        cluster.WaitUntil(() => Condition(cluster, definition.Metadata.Name!, "Established") is { Status: "True" }, AMinute, "the definition is established");
    }

    // Without a request: the simulation may be running.
    private static T? Seen<T>(SimulatedCluster cluster, string resource, string @namespace, string name)
        where T : class, IKubeObject => cluster.Plane.Snapshot[resource].Items.GetValueOrDefault(new NamespacedName(@namespace, name)) as T;

    private static CustomResourceDefinition? Stored(ApiServerSnapshot snapshot) =>
        snapshot[CustomResources.Definitions].Items.GetValueOrDefault(new NamespacedName("", Widgets)) as CustomResourceDefinition;

    private static CustomResourceDefinitionCondition? Condition(SimulatedCluster cluster, string definition, string type) =>
        Seen<CustomResourceDefinition>(cluster, CustomResources.Definitions, "", definition) is { } found ? CustomResources.Condition(found, type) : null;

    private static OwnerReference Owner(IKubeObject item) => new()
    {
        ApiVersion = item.ApiVersion, Kind = item.Kind, Name = item.Metadata.Name, Uid = item.Metadata.Uid, BlockOwnerDeletion = true,
    };

    private static CustomObject Widget(SimulatedCluster cluster, string name, ObjectMeta? metadata = null)
    {
        metadata ??= ObjectMeta.Empty;
        var schema = cluster.Plane.Snapshot.Registry.VersionsOf(Widgets)[0].Custom!.Schema;
        return new CustomObject(schema, metadata with { Name = name, Namespace = metadata.Namespace ?? "default" }, JsonValue.Parse("""{"spec":{}}"""));
    }

    private static CustomResourceDefinition Definition(string plural = "widgets", string kind = "Widget", string properties = """{"size":{"type":"integer","default":1}}""") =>
        JsonCodec.Decode<CustomResourceDefinition>(JsonValue.Parse($$$"""
            {"metadata":{"name":"{{{plural}}}.example.com"},
             "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"{{{plural}}}","kind":"{{{kind}}}"},"versions":[
               {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":
                 {{{properties}}}
               }
               }}
               }}
               ]
               }}
            """));
}
