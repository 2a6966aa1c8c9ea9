using ActorPlane.Api;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tests.ApiServer;
using ActorPlane.Tracing;
using Akka.Actor;
using static ActorPlane.Tests.ApiServer.ServerHarness;

namespace ActorPlane.Tests.Client;

public sealed class ApiClientTests
{
    [Fact]
    public void A_request_that_is_not_answered_in_time_has_an_unknown_outcome()
    {
        using var harness = new ServerHarness();
        var deaf = harness.NewRecorder();
        var answers = new List<(int Request, double Seconds, bool Unknown)>();
        var client = harness.System.ActorOf(ActingClient.PropsFor(deaf.Actor));
        var start = harness.Simulation.Now;
        for (var i = 0; i < 3; i++)
        {
            var number = i;
            client.Tell(new ActingClient.Act(c => c.Get("pods", "default", "a", Cause.None, outcome =>
                answers.Add((number, (harness.Simulation.Now - start).TotalSeconds, outcome.IsUnknown)))));
            harness.Simulation.RunFor(TimeSpan.FromSeconds(10));
        }

        harness.Simulation.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal([(0, 30, true), (1, 40, true), (2, 50, true)], answers);
    }

    [Fact]
    public void An_answer_that_comes_too_late_is_not_told_twice()
    {
        using var harness = new ServerHarness();
        var slow = harness.NewRecorder();
        var outcomes = new List<ApiOutcome>();
        var client = harness.System.ActorOf(ActingClient.PropsFor(slow.Actor));
        client.Tell(new ActingClient.Act(c => c.Get("pods", "default", "a", Cause.None, outcomes.Add)));
        harness.Simulation.RunFor(TimeSpan.FromSeconds(31));
        var asked = (ApiServerProtocol.Get)slow.Heard[0];
        client.Tell(new ApiServerProtocol.Found(asked.RequestId, APod("a"), Cause.None));
        harness.Simulation.Drain();
        Assert.True(Assert.Single(outcomes).IsUnknown);
    }

    [Fact]
    public void A_lost_connection_ends_all_requests_in_the_order_in_which_they_were_made()
    {
        using var harness = new ServerHarness();
        var deaf = harness.NewRecorder();
        var ended = new List<int>();
        var client = harness.System.ActorOf(ActingClient.PropsFor(deaf.Actor));
        client.Tell(new ActingClient.Act(c =>
        {
            for (var i = 0; i < 20; i++)
            {
                var number = i;
                c.Get("pods", "default", "a", Cause.None, _ => ended.Add(number));
            }
        }));
        client.Tell(new ApiServerProtocol.ConnectionLost(Cause.None));
        harness.Simulation.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(Enumerable.Range(0, 20), ended);
    }

    [Fact]
    public void A_request_from_within_a_callback_is_answered_too()
    {
        using var harness = new ServerHarness();
        var deaf = harness.NewRecorder();
        var times = new List<double>();
        var start = harness.Simulation.Now;
        var client = harness.System.ActorOf(ActingClient.PropsFor(deaf.Actor));
        client.Tell(new ActingClient.Act(c => Ask(c, 3)));
        harness.Simulation.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal([30, 60, 90], times);

        void Ask(ApiClient c, int rounds) => c.Get("pods", "default", "a", Cause.None, _ =>
        {
            times.Add((harness.Simulation.Now - start).TotalSeconds);
            if (rounds > 1) Ask(c, rounds - 1);
        });
    }
}
