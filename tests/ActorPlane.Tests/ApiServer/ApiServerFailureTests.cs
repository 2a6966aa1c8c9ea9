using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Simulation;
using ActorPlane.Tracing;
using Akka.Actor;
using static ActorPlane.ApiServer.ApiServerProtocol;
using static ActorPlane.Tests.ApiServer.ServerHarness;

namespace ActorPlane.Tests.ApiServer;

public sealed class ApiServerFailureTests
{
    [Fact]
    public void A_dying_server_tells_each_watcher_and_each_waiting_client_once()
    {
        var disk = new SimulatedDisk();
        using var harness = new ServerHarness(disk: disk);
        var revision = harness.List("configmaps").Revision;
        var watcher = harness.NewRecorder();
        watcher.Watch("configmaps", ObjectSelector.All, revision);
        watcher.Watch("pods", ObjectSelector.All, revision);
        disk.WriteLatency = TimeSpan.FromSeconds(1);
        var writer = harness.NewRecorder();
        for (var i = 0; i < 3; i++) writer.Tell(new Create(i, "configmaps", AConfigMap($"a-{i}"), "test", Cause.None));
        var idle = harness.NewRecorder();
        harness.Simulation.Drain();

        harness.Crash(harness.Server);
        harness.Simulation.RunFor(TimeSpan.FromSeconds(10));

        Assert.Single(watcher.Heard.OfType<ConnectionLost>());
        Assert.IsType<ConnectionLost>(Assert.Single(writer.Heard));
        Assert.Empty(idle.Heard);

        // Its outcome was unknown: in this case it had happened.
        Assert.Equal(3, harness.List("configmaps", new ObjectSelector(Namespace: "default")).Items.Length);
    }

    [Fact]
    public void Writes_are_answered_when_their_answers_overtake_a_watch_whose_window_is_full()
    {
        var disk = new SimulatedDisk();
        using var harness = new ServerHarness("actorplane.etcd.watch.window-events = 1", disk);
        harness.List("configmaps");
        disk.WriteLatency = TimeSpan.FromSeconds(1);
        var writer = harness.NewRecorder();

        // The first is written alone; meanwhile the others gather for one write.
        for (var i = 0; i < 9; i++) writer.Tell(new Create(i, "configmaps", AConfigMap($"a-{i}"), "test", Cause.None));
        harness.Simulation.RunFor(TimeSpan.FromSeconds(10));

        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"a-{i}"), writer.Heard.Select(heard => Assert.IsType<Written>(heard).Object.Metadata.Name));
    }

    [Fact]
    public void After_a_crash_of_the_server_everything_is_there_with_the_same_revisions()
    {
        using var harness = new ServerHarness();
        var pods = Enumerable.Range(0, 20).Select(i => harness.Create(APod($"web-{i:00}"))).ToList();
        harness.Crash(harness.Server);
        Assert.Equal(pods, harness.List("pods").Items.Cast<Pod>());
        Assert.Equal(4, harness.List("namespaces").Items.Length);
        harness.Update(pods[0] with { Metadata = pods[0].Metadata with { Labels = ValueMap<string>.Empty.With("a", "b") } });
    }

    [Fact]
    public void A_watch_of_the_incarnation_before_is_expired_when_something_may_have_been_missed()
    {
        using var harness = new ServerHarness();
        var from = harness.List("configmaps").Revision;
        harness.Create(AConfigMap("a"));
        harness.Crash(harness.Server);
        harness.List("configmaps");
        var recorder = harness.NewRecorder();
        recorder.Watch("configmaps", ObjectSelector.All, from);
        Assert.Equal("Expired", Assert.IsType<Refused>(recorder.Heard[0]).Status.Reason);
        recorder.Watch("configmaps", ObjectSelector.All, harness.List("configmaps").Revision);
        Assert.IsType<Watching>(recorder.Heard[1]);
    }

    [Fact]
    public void After_a_crash_of_etcd_everything_that_was_answered_is_there()
    {
        using var harness = new ServerHarness();
        var pods = Enumerable.Range(0, 20).Select(i => harness.Create(APod($"web-{i:00}"))).ToList();
        var watcher = harness.NewRecorder();
        watcher.Watch("pods", ObjectSelector.All, harness.List("pods").Revision);

        harness.Crash(harness.Etcd);
        Assert.IsType<ConnectionLost>(watcher.Heard[^1]);
        Assert.Equal(pods, harness.List("pods").Items.Cast<Pod>());
        Assert.True(long.Parse(harness.Create(APod("new")).Metadata.ResourceVersion!) > long.Parse(pods[^1].Metadata.ResourceVersion!));
    }

    [Fact]
    public void What_another_run_stored_is_served_again()
    {
        var disk = new SimulatedDisk();
        Pod bound;
        using (var first = new ServerHarness(disk: disk)) bound = first.Bind(first.Create(APod("web")), "node-1");
        using var second = new ServerHarness(disk: disk);
        Assert.Equal(bound, second.Get<Pod>("pods", "default", "web"));
        Assert.Equal(bound, Assert.Single(second.List("pods", new ObjectSelector(NodeName: "node-1")).Items));
    }

    [Fact]
    public void Requests_that_come_too_early_wait_and_too_many_of_them_are_refused()
    {
        var disk = new SimulatedDisk { WriteLatency = TimeSpan.FromSeconds(1) };
        using var harness = new ServerHarness("actorplane.apiserver.max-waiting-requests = 2", disk);
        var recorder = harness.NewRecorder();
        for (var i = 0; i < 3; i++) recorder.Tell(new Get(i, "namespaces", "", "default", Cause.None));
        harness.Simulation.RunFor(TimeSpan.FromSeconds(10));
        Assert.Equal((2, "TooManyRequests"), (recorder.Heard.OfType<Refused>().Single().RequestId, recorder.Heard.OfType<Refused>().Single().Status.Reason));
        Assert.Equal([0, 1], recorder.Heard.OfType<Found>().Select(found => found.RequestId));
    }

    [Fact]
    public void Too_many_writes_of_one_object_are_refused()
    {
        using var harness = new ServerHarness("actorplane.apiserver.max-writes-per-key = 3");
        harness.Create(AConfigMap("a"));
        var recorder = harness.NewRecorder();
        for (var i = 0; i < 6; i++) recorder.Tell(new Update(i, "configmaps", AConfigMap("a", $"{i}"), WriteScope.Spec, "test", Cause.None));
        harness.Simulation.Drain();
        Assert.Equal([4, 5], recorder.Heard.OfType<Refused>().Select(refused => refused.RequestId));
        Assert.All(recorder.Heard.OfType<Refused>(), refused => Assert.Equal(429, refused.Status.Code));
        Assert.Equal([0, 1, 2, 3], recorder.Heard.OfType<Written>().Select(written => written.RequestId));
    }
}
