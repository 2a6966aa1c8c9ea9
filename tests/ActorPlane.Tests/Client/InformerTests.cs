using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tests.ApiServer;
using ActorPlane.Tracing;
using Akka.Actor;
using static ActorPlane.Tests.ApiServer.ServerHarness;

namespace ActorPlane.Tests.Client;

public sealed class InformerTests
{
    // In kube-system there are some from the start.
    private static readonly ObjectSelector Default = new(Namespace: "default");

    [Fact]
    public void It_lists_then_watches()
    {
        using var harness = new ServerHarness();
        harness.Create(AConfigMap("b"));
        harness.Create(AConfigMap("a"));
        var seen = Follow(harness, out var informer, out _);
        Assert.Equal(["added a", "added b", "synced"], seen);

        var c = harness.Create(AConfigMap("c", "1"));
        harness.Update(c with { Data = ValueMap<string>.Empty.With("value", "2") });
        harness.Delete(c);
        Assert.Equal(["added c", "updated c 1 to 2", "deleted c"], seen.Skip(3));
        Assert.Equal(["a", "b"], informer().Items.Select(item => item.Metadata.Name));
    }

    [Fact]
    public void The_copy_is_changed_before_the_callbacks_run()
    {
        using var harness = new ServerHarness();
        var counts = new List<int>();
        Informer<ConfigMap>? informer = null;
        harness.System.ActorOf(ActingClient.PropsFor(harness.Server, client =>
        {
            informer = new Informer<ConfigMap>(client, "configmaps", Default)
            {
                Added = (_, _) => counts.Add(informer!.Count),
                Deleted = (_, _) => counts.Add(informer!.Count),
            };
            informer.Start(Cause.None);
        }));
        harness.Simulation.Drain();
        harness.Delete(harness.Create(AConfigMap("a")));
        Assert.Equal([1, 0], counts);
    }

    [Fact]
    public void What_was_missed_while_the_server_was_down_is_reported_as_if_it_had_been_watched()
    {
        using var harness = new ServerHarness();
        var a = harness.Create(AConfigMap("a", "1"));
        var b = harness.Create(AConfigMap("b", "1"));
        harness.Create(AConfigMap("c", "1"));
        var seen = Follow(harness, out var informer, out _);
        seen.Clear();

        harness.Crash(harness.Server);
        harness.Update(a with { Data = ValueMap<string>.Empty.With("value", "2") });
        harness.Delete(b);
        harness.Create(AConfigMap("d"));
        Assert.Empty(seen);
        Assert.True(informer().HasSynced);

        harness.Simulation.RunFor(TimeSpan.FromSeconds(3));
        Assert.Equal(["deleted b", "updated a 1 to 2", "added d"], seen);
        harness.Create(AConfigMap("e"));
        Assert.Equal("added e", seen[^1]);
    }

    [Fact]
    public void An_object_that_was_replaced_unseen_is_reported_as_deleted_and_added()
    {
        using var harness = new ServerHarness();
        var a = harness.Create(AConfigMap("a", "1"));
        var seen = Follow(harness, out _, out _);
        seen.Clear();
        harness.Crash(harness.Server);
        harness.Delete(a);
        harness.Create(AConfigMap("a", "2"));
        harness.Simulation.RunFor(TimeSpan.FromSeconds(3));
        Assert.Equal(["deleted a", "added a"], seen);
    }

    [Fact]
    public void It_survives_any_number_of_crashes()
    {
        using var harness = new ServerHarness();
        Follow(harness, out var informer, out _);
        for (var i = 0; i < 10; i++)
        {
            harness.Crash(i % 3 == 0 ? harness.Etcd : harness.Server);
            harness.Create(AConfigMap($"a-{i}"));
            harness.Simulation.RunFor(TimeSpan.FromSeconds(i * 7));
        }

        harness.Simulation.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal(harness.List("configmaps", Default).Items, informer().Items);
        Assert.Equal(10, informer().Count);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_asked_again()
    {
        using var harness = new ServerHarness();
        var deaf = harness.NewRecorder();
        Informer<ConfigMap>? informer = null;
        harness.System.ActorOf(ActingClient.PropsFor(deaf.Actor, client =>
        {
            informer = new Informer<ConfigMap>(client, "configmaps", Default);
            informer.Start(Cause.None);
        }));
        harness.Simulation.RunFor(TimeSpan.FromMinutes(5));
        Assert.False(informer!.HasSynced);
        Assert.InRange(deaf.Heard.OfType<ApiServerProtocol.List>().Count(), 4, 10);
    }

    [Fact]
    public void It_lists_again_now_and_then_when_it_is_told_to()
    {
        using var harness = new ServerHarness();
        var seen = Follow(harness, out var informer, out var follower, TimeSpan.FromMinutes(1));

        // Its watch ends without a word: as if a link had swallowed the news.
        harness.Server.Tell(new ApiServerProtocol.ConnectionLost(Cause.None), follower);
        harness.Create(AConfigMap("a"));
        Assert.Equal(["synced"], seen);
        harness.Simulation.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal(["synced", "added a"], seen);
        harness.Create(AConfigMap("b"));
        Assert.Equal(["synced", "added a", "added b"], seen);
        Assert.Equal(2, informer().Count);
    }

    [Fact]
    public void A_restarted_actor_leaves_no_watch_behind()
    {
        using var harness = new ServerHarness();
        var incarnations = 0;
        var seen = new List<string>();
        var actor = harness.System.ActorOf(ActingClient.PropsFor(harness.Server, client =>
        {
            var number = ++incarnations;
            new Informer<ConfigMap>(client, "configmaps", Default) { Added = (item, _) => seen.Add($"{number}: {item.Metadata.Name}") }.Start(Cause.None);
        }));
        harness.Simulation.Drain();
        actor.Tell(new ActingClient.Act(_ => throw new InvalidOperationException("on purpose")));
        harness.Simulation.Drain();
        harness.Create(AConfigMap("a"));
        Assert.Equal(["2: a"], seen);
    }

    private static List<string> Follow(ServerHarness harness, out Func<Informer<ConfigMap>> informer, out IActorRef actor, TimeSpan? relistEvery = null)
    {
        var seen = new List<string>();
        Informer<ConfigMap>? made = null;
        actor = harness.System.ActorOf(ActingClient.PropsFor(harness.Server, client =>
        {
            made = new Informer<ConfigMap>(client, "configmaps", Default, relistEvery)
            {
                Added = (item, _) => seen.Add($"added {item.Metadata.Name}"),
                Updated = (before, after, _) => seen.Add($"updated {after.Metadata.Name} {before.Data["value"]} to {after.Data["value"]}"),
                Deleted = (item, _) => seen.Add($"deleted {item.Metadata.Name}"),
                Synced = _ => seen.Add("synced"),
            };
            made.Start(Cause.None);
        }), "follower");
        harness.List("configmaps");
        harness.Simulation.Drain();
        informer = () => made!;
        return seen;
    }
}
