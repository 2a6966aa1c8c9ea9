using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Tracing;
using Akka.Actor;
using static ActorPlane.ApiServer.ApiServerProtocol;
using static ActorPlane.Tests.ApiServer.ServerHarness;

namespace ActorPlane.Tests.ApiServer;

public sealed class ApiServerTests
{
    [Fact]
    public void The_namespaces_that_every_cluster_has_are_there()
    {
        using var harness = new ServerHarness();
        Assert.Equal(["default", "kube-node-lease", "kube-public", "kube-system"], harness.List("namespaces").Items.Select(item => item.Metadata.Name));
    }

    [Fact]
    public void What_is_created_can_be_read_with_the_revision_of_its_write()
    {
        using var harness = new ServerHarness();
        var created = harness.Create(APod("web"));
        var found = harness.Get<Pod>("pods", "default", "web");
        var listed = harness.List("pods");

        Assert.Same(created, found);
        Assert.Same(created, Assert.Single(listed.Items));
        Assert.Equal(listed.Revision.ToString(), created.Metadata.ResourceVersion);
    }

    [Fact]
    public void A_list_is_ordered_by_namespace_and_name_and_selects()
    {
        using var harness = new ServerHarness();
        foreach (var name in new[] { "b", "c", "a" }) harness.Create(AConfigMap(name));
        harness.Create(AConfigMap("a") with { Metadata = new ObjectMeta { Namespace = "kube-system", Name = "a", Labels = ValueMap<string>.Empty.With("tier", "core") } });

        string[] own = ["kube-system/extension-apiserver-authentication", "kube-system/kube-apiserver-legacy-service-account-token-tracking"];
        Assert.Equal(["default/a", "default/b", "default/c", "kube-system/a", .. own], Names(harness.List("configmaps")));
        Assert.Equal(["kube-system/a", .. own], Names(harness.List("configmaps", new ObjectSelector(Namespace: "kube-system"))));
        Assert.Equal(["default/a", "kube-system/a"], Names(harness.List("configmaps", new ObjectSelector(Name: "a"))));
        Assert.Equal(["default/b"], Names(harness.List("configmaps", new ObjectSelector(Namespace: "default", Name: "b"))));
        Assert.Equal(["kube-system/a"], Names(harness.List("configmaps", new ObjectSelector(Labels: LabelQuery.Parse("tier=core")))));

        static IEnumerable<string> Names(Listed listed) => listed.Items.Select(item => $"{item.Metadata.Namespace}/{item.Metadata.Name}");
    }

    [Fact]
    public void A_stale_update_is_refused_and_a_fresh_one_is_not()
    {
        using var harness = new ServerHarness();
        var first = harness.Create(AConfigMap("a", "1"));
        var second = harness.Update(first with { Data = ValueMap<string>.Empty.With("value", "2") });

        var stale = harness.Do((client, done) => client.Update("configmaps", first with { Data = ValueMap<string>.Empty.With("value", "3") }, harness.NewCause(), done));
        Assert.True(stale.IsRefused("Conflict"), stale.ToString());
        Assert.Equal("2", harness.Get<ConfigMap>("configmaps", "default", "a")!.Data["value"]);
        Assert.Equal("4", harness.Update(second with { Data = ValueMap<string>.Empty.With("value", "4") }).Data["value"]);
    }

    [Fact]
    public void Of_two_updates_of_one_version_one_wins()
    {
        using var harness = new ServerHarness();
        var before = harness.Create(AConfigMap("a", "1"));
        var recorder = harness.NewRecorder();
        for (var i = 0; i < 5; i++)
            recorder.Tell(new Update(harness.NextRequestId(), "configmaps", before with { Data = ValueMap<string>.Empty.With("value", $"new {i}") }, WriteScope.Spec, "test", harness.NewCause()));
        harness.Simulation.Drain();

        Assert.Single(recorder.Heard.OfType<Written>());
        Assert.Equal(4, recorder.Heard.OfType<Refused>().Count(refused => refused.Status.Reason == "Conflict"));
        Assert.Equal("new 0", harness.Get<ConfigMap>("configmaps", "default", "a")!.Data["value"]);
    }

    [Fact]
    public void Writes_of_one_object_happen_in_the_order_in_which_they_came()
    {
        using var harness = new ServerHarness();
        harness.Create(AConfigMap("a"));
        var recorder = harness.NewRecorder();
        for (var i = 0; i < 50; i++) recorder.Tell(new Update(i, "configmaps", AConfigMap("a", $"{i}"), WriteScope.Spec, "test", harness.NewCause()));
        harness.Simulation.Drain();

        var written = recorder.Heard.Cast<Written>().ToList();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), written.Select(reply => reply.RequestId));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), written.Select(reply => ((ConfigMap)reply.Object).Data["value"]));
        var revisions = written.Select(reply => long.Parse(reply.Object.Metadata.ResourceVersion!)).ToList();
        Assert.Equal(revisions.Order().Distinct(), revisions);
    }

    [Fact]
    public void A_write_does_not_wait_for_the_write_of_another_object()
    {
        // Each batch takes a second on this disk. Were the writes to wait for each other, twenty would take twenty seconds.
        var disk = new ActorPlane.Simulation.SimulatedDisk();
        using var harness = new ServerHarness(disk: disk);
        harness.List("pods");
        disk.WriteLatency = TimeSpan.FromSeconds(1);
        var recorder = harness.NewRecorder();
        for (var i = 0; i < 20; i++) recorder.Tell(new Create(i, "configmaps", AConfigMap($"a-{i}"), "test", harness.NewCause()));
        harness.Simulation.RunFor(TimeSpan.FromSeconds(2.5));
        Assert.Equal(20, recorder.Heard.OfType<Written>().Count());
    }

    [Fact]
    public void An_update_that_changes_nothing_takes_no_revision_and_tells_nobody()
    {
        using var harness = new ServerHarness();
        var created = harness.Create(AConfigMap("a", "1"));
        var watcher = harness.NewRecorder();
        watcher.Watch("configmaps", ObjectSelector.All, harness.Snapshot.Revision);
        Assert.Same(created, harness.Update(AConfigMap("a", "1")));
        Assert.Empty(watcher.Changes);
    }

    [Fact]
    public void A_watch_tells_every_change_after_its_revision_once_and_in_order()
    {
        using var harness = new ServerHarness();
        harness.Create(AConfigMap("a"));
        var from = harness.List("configmaps").Revision;
        var b = harness.Create(AConfigMap("b"));
        var early = harness.NewRecorder();
        early.Watch("configmaps", ObjectSelector.All, from);
        var late = harness.NewRecorder();
        late.Watch("configmaps", ObjectSelector.All, harness.List("configmaps").Revision);

        harness.Update(b with { Data = ValueMap<string>.Empty.With("value", "2") });
        harness.Delete(b);

        Assert.Equal(["Added b", "Modified b", "Deleted b"], early.Summary);
        Assert.Equal(["Modified b", "Deleted b"], late.Summary);
        Assert.IsType<Watching>(early.Heard[0]);
        var gone = early.Changes.Last();
        Assert.Equal("2", ((ConfigMap)gone.Object).Data["value"]);
        Assert.Equal(gone.Revision.ToString(), gone.Object.Metadata.ResourceVersion);
    }

    [Fact]
    public void The_news_of_a_write_come_before_its_answer_and_carry_its_cause()
    {
        using var harness = new ServerHarness();
        var recorder = harness.NewRecorder();
        recorder.Watch("configmaps", ObjectSelector.All, harness.List("configmaps").Revision);
        var cause = harness.NewCause();
        recorder.Tell(new Create(1000, "configmaps", AConfigMap("a"), "test", cause));
        harness.Simulation.Drain();

        var changed = Assert.IsType<Changed>(recorder.Heard[^2]);
        var written = Assert.IsType<Written>(recorder.Heard[^1]);
        Assert.Equal((cause, cause), (changed.Cause, written.Cause));
        Assert.Same(changed.Object, written.Object);
    }

    [Fact]
    public void A_watch_from_before_the_window_is_expired()
    {
        using var harness = new ServerHarness("actorplane.apiserver.watch-window-events = 5");
        var from = harness.List("configmaps").Revision;
        for (var i = 0; i < 6; i++) harness.Create(AConfigMap($"a-{i}"));
        var recorder = harness.NewRecorder();
        recorder.Watch("configmaps", ObjectSelector.All, from);
        Assert.Equal((410, "Expired"), (((Refused)recorder.Heard[0]).Status.Code, ((Refused)recorder.Heard[0]).Status.Reason));

        recorder.Watch("configmaps", ObjectSelector.All, from + 1);
        Assert.Equal(5, recorder.Changes.Count());

        // What happens to other resources does not wear a window out.
        recorder.Watch("secrets", ObjectSelector.All, from);
        Assert.IsType<Watching>(recorder.Heard[^1]);
    }

    [Fact]
    public void A_closed_watch_hears_nothing_more()
    {
        using var harness = new ServerHarness();
        var recorder = harness.NewRecorder();
        var id = recorder.Watch("configmaps", ObjectSelector.All, harness.List("configmaps").Revision);
        recorder.Tell(new Unwatch(harness.NextRequestId(), id, Cause.None));
        harness.Create(AConfigMap("a"));
        Assert.Empty(recorder.Changes);
        Assert.IsType<Unwatched>(recorder.Heard[^1]);
    }

    [Fact]
    public void The_watches_of_a_client_that_is_gone_are_closed()
    {
        using var harness = new ServerHarness();
        var recorder = harness.NewRecorder();
        recorder.Watch("configmaps", ObjectSelector.All, harness.List("configmaps").Revision);
        harness.System.Stop(recorder.Actor);
        harness.Simulation.Drain();
        var lost = harness.NewRecorder();
        harness.System.EventStream.Subscribe(lost.Actor, typeof(Akka.Event.DeadLetter));
        harness.Create(AConfigMap("a"));
        Assert.Empty(lost.Heard);
    }

    [Fact]
    public void The_watches_of_a_link_that_broke_are_closed()
    {
        using var harness = new ServerHarness();
        var link = harness.NewRecorder();
        link.Watch("configmaps", ObjectSelector.All, harness.List("configmaps").Revision);
        harness.Server.Tell(new ConnectionLost(Cause.None), link.Actor);
        harness.Create(AConfigMap("a"));
        Assert.Empty(link.Changes);
    }

    [Fact]
    public void A_node_hears_of_its_own_pods_only()
    {
        using var harness = new ServerHarness();
        var from = harness.List("pods").Revision;
        var one = harness.NewRecorder();
        one.Watch("pods", new ObjectSelector(NodeName: "node-1"), from);
        var two = harness.NewRecorder();
        two.Watch("pods", new ObjectSelector(NodeName: "node-2"), from);

        var web = harness.Create(APod("web"));
        Assert.Empty(one.Changes);
        web = harness.Bind(web, "node-1");
        Assert.Equal(["Added web"], one.Summary);
        Assert.Equal(["web"], harness.List("pods", new ObjectSelector(NodeName: "node-1")).Items.Select(pod => pod.Metadata.Name));
        Assert.Empty(harness.List("pods", new ObjectSelector(NodeName: "node-2")).Items);

        harness.Delete(web);
        harness.Delete(web, grace: 0);
        Assert.Equal(["Added web", "Modified web", "Modified web", "Deleted web"], one.Summary);
        Assert.Empty(two.Changes);
        Assert.Empty(harness.List("pods", new ObjectSelector(NodeName: "node-1")).Items);
    }

    [Fact]
    public void What_a_selector_no_longer_picks_goes_out_of_view_as_it_last_was()
    {
        using var harness = new ServerHarness();
        var recorder = harness.NewRecorder();
        recorder.Watch("configmaps", new ObjectSelector(Labels: LabelQuery.Parse("app=web")), harness.List("configmaps").Revision);
        var labels = ValueMap<string>.Empty.With("app", "web");
        var item = harness.Create(AConfigMap("a"));
        item = harness.Update(item with { Metadata = item.Metadata with { Labels = labels } });
        item = harness.Update(item with { Metadata = item.Metadata with { Labels = ValueMap<string>.Empty } });

        Assert.Equal(["Added a", "Deleted a"], recorder.Summary);
        var last = recorder.Changes.Last();
        Assert.Equal(labels, last.Object.Metadata.Labels);
        Assert.Equal((item.Metadata.ResourceVersion, item.Metadata.ResourceVersion), (last.Object.Metadata.ResourceVersion, last.Revision.ToString()));
    }

    [Fact]
    public void A_pod_on_a_node_waits_for_its_kubelet_to_go()
    {
        using var harness = new ServerHarness();
        var pod = harness.Bind(harness.Create(APod("web")), "node-1");
        var marked = (Deleted)harness.Delete(pod).Reply!;
        Assert.False(marked.Gone);
        Assert.Equal(30, marked.Object.Metadata.DeletionGracePeriodSeconds);
        Assert.NotNull(harness.Get<Pod>("pods", "default", "web"));

        var removed = (Deleted)harness.Delete(pod, grace: 0).Reply!;
        Assert.True(removed.Gone);
        Assert.Null(harness.Get<Pod>("pods", "default", "web"));
        Assert.True(harness.Delete(pod).IsRefused("NotFound"));
    }

    [Fact]
    public void A_generated_name_is_given()
    {
        using var harness = new ServerHarness();
        var unnamed = APod("") with { Metadata = new ObjectMeta { Namespace = "default", GenerateName = "web-" } };
        var names = Enumerable.Range(0, 10).Select(_ => harness.Create(unnamed).Metadata.Name!).ToList();
        Assert.All(names, name => Assert.Matches("^web-[bcdfghjklmnpqrstvwxz2456789]{5}$", name));
        Assert.Equal(10, names.Distinct().Count());
    }

    [Fact]
    public void An_object_without_any_name_is_invalid()
    {
        using var harness = new ServerHarness();
        var outcome = harness.Do((client, done) => client.Create(
            "pods", APod("") with { Metadata = new ObjectMeta { Namespace = "default" } }, harness.NewCause(), done));
        Assert.Equal("Pod \"\" is invalid: metadata.name: Required value: name or generateName is required", outcome.Refusal?.Message);
    }

    [Fact]
    public void An_unknown_resource_is_not_found()
    {
        using var harness = new ServerHarness();
        Assert.True(harness.Do((client, done) => client.Get("unicorns", "default", "a", harness.NewCause(), done)).IsRefused("NotFound"));
        Assert.True(harness.Do((client, done) => client.List("unicorns", ObjectSelector.All, harness.NewCause(), done)).IsRefused("NotFound"));
        Assert.True(harness.Do((client, done) => client.Create("unicorns", APod("a"), harness.NewCause(), done)).IsRefused("NotFound"));
    }

    [Fact]
    public void Other_threads_see_what_is_committed_without_asking()
    {
        using var harness = new ServerHarness();
        var pod = harness.Create(APod("web"));
        var snapshot = harness.Snapshot;
        Assert.Same(pod, snapshot["pods"].Items[new NamespacedName("default", "web")]);
        harness.Delete(pod);
        Assert.Same(pod, snapshot["pods"].Items[new NamespacedName("default", "web")]);
        Assert.Empty(harness.Snapshot["pods"].Items);
        Assert.True(harness.Snapshot.Revision > snapshot.Revision);
        Assert.Empty(harness.Snapshot["unicorns"].Items);
    }

    [Fact]
    public void Events_go_away_by_themselves_after_an_hour()
    {
        using var harness = new ServerHarness();
        harness.Create(AnEvent("a"));
        harness.Simulation.RunFor(TimeSpan.FromMinutes(59));
        Assert.Single(harness.List("events").Items);
        harness.Simulation.RunFor(TimeSpan.FromMinutes(3));
        Assert.Empty(harness.List("events").Items);
    }

    [Fact]
    public void The_oldest_events_make_room_for_new_ones()
    {
        using var harness = new ServerHarness("actorplane.apiserver.max-events = 3");
        foreach (var name in new[] { "e", "d", "c", "b", "a" }) harness.Create(AnEvent(name));
        harness.Simulation.Drain();
        Assert.Equal(["a", "b", "c"], harness.List("events").Items.Select(item => item.Metadata.Name));
    }

    private static Event AnEvent(string name) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        InvolvedObject = new ObjectReference { Kind = "Pod", Namespace = "default", Name = "web" },
        Reason = "Testing",
        Message = "for a test",
        Type = "Normal",
    };
}
