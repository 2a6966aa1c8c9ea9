using ActorPlane.Api.Core.V1;
using ActorPlane.Client;
using ActorPlane.Tests.ApiServer;
using Akka.Actor;
using static ActorPlane.Tests.ApiServer.ServerHarness;

namespace ActorPlane.Tests.Client;

public sealed class EventRecorderTests
{
    [Fact]
    public void The_same_thing_said_again_is_one_event_with_a_count()
    {
        using var harness = new ServerHarness();
        var pod = harness.Create(APod("web"));
        var say = Recorder(harness);
        for (var i = 0; i < 3; i++)
        {
            say(recorder => recorder.Warning(pod, "BackOff", "Back-off restarting failed container", harness.NewCause()));
            harness.Simulation.RunFor(TimeSpan.FromSeconds(10));
        }

        var written = (Event)Assert.Single(harness.List("events").Items);
        Assert.Equal(("Warning", "BackOff", 3), (written.Type, written.Reason, written.Count));
        Assert.Equal(TimeSpan.FromSeconds(20), written.LastTimestamp!.Value - written.FirstTimestamp!.Value);
        Assert.Equal(("Pod", "default", "web", pod.Metadata.Uid), (
            written.InvolvedObject.Kind, written.InvolvedObject.Namespace, written.InvolvedObject.Name, written.InvolvedObject.Uid));
        Assert.Equal(("test", "node-1"), (written.Source.Component, written.Source.Host));
    }

    [Fact]
    public void What_is_said_again_after_the_event_expired_is_an_event_again()
    {
        using var harness = new ServerHarness("actorplane.apiserver.event-ttl = 2m, actorplane.client.events.similar-interval = 2h");
        var pod = harness.Create(APod("web"));
        var say = Recorder(harness);
        say(recorder => recorder.Normal(pod, "Pulled", "image", harness.NewCause()));
        harness.Simulation.RunFor(TimeSpan.FromMinutes(5));
        Assert.Empty(harness.List("events").Items);
        say(recorder => recorder.Normal(pod, "Pulled", "image", harness.NewCause()));
        harness.Simulation.Drain();
        Assert.Equal(2, ((Event)Assert.Single(harness.List("events").Items)).Count);
    }

    [Fact]
    public void Of_what_belongs_to_the_whole_cluster_the_events_are_in_the_default_namespace()
    {
        using var harness = new ServerHarness();
        var node = harness.Create(new Node { Metadata = new() { Name = "node-1" } });
        Recorder(harness)(recorder => recorder.Normal(node, "Starting", "Starting kubelet.", harness.NewCause()));
        harness.Simulation.Drain();
        Assert.Equal("default", Assert.Single(harness.List("events").Items).Metadata.Namespace);
    }

    private static Action<Action<EventRecorder>> Recorder(ServerHarness harness)
    {
        EventRecorder? recorder = null;
        var actor = harness.System.ActorOf(ActingClient.PropsFor(harness.Server, client => recorder = new EventRecorder(client, "node-1")));
        return say =>
        {
            actor.Tell(new ActingClient.Act(_ => say(recorder!)));
            harness.Simulation.Drain();
        };
    }
}
