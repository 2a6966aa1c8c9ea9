using Akka.Actor;
using Akka.Event;
using Script = Akka.Tests.Scripted.Script;

namespace Akka.Tests.Actor;

public sealed class ActorSelectionTests : ActorTest
{
    [Fact]
    public async Task Resolving_what_is_not_there_says_so_inside_of_the_general_failure()
    {
        var failure = await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/none").ResolveOne(Patience));
        Assert.Equal("Exception occurred while resolving ActorSelection", failure.Message);
        Assert.Equal("subject was null", Assert.IsType<ActorNotFoundException>(failure.InnerException).Message);
    }

    [Fact]
    public async Task Resolving_gives_up_when_time_is_over_or_the_caller_loses_interest()
    {
        // Wildcards that match nothing answer nothing.
        var selection = Sys.ActorSelection("/user/*/*/none");
        var late = await Assert.ThrowsAsync<ActorNotFoundException>(() => selection.ResolveOne(TimeSpan.FromMilliseconds(20)));
        Assert.IsType<AskTimeoutException>(late.InnerException);
        using var source = new CancellationTokenSource();
        var cancelled = selection.ResolveOne(Patience, source.Token);
        await source.CancelAsync();
        Assert.IsType<TaskCanceledException>((await Assert.ThrowsAsync<ActorNotFoundException>(() => cancelled)).InnerException);
    }

    [Fact]
    public void What_finds_nobody_is_a_dead_letter_to_the_path_that_was_selected()
    {
        Sys.EventStream.Subscribe(Probe.Ref, typeof(DeadLetter));
        Sys.ActorSelection("/user/none/deeper").Tell("lost");
        var letter = Probe.Next<DeadLetter>();
        Assert.Equal(("lost", "akka://test/user/none/deeper"), (letter.Message, letter.Recipient.Path.ToString()));
    }

    [Fact]
    public void A_selection_finds_children_by_pattern_and_goes_up_by_two_dots()
    {
        var parent = Sys.ActorOf(
            new Script
            {
                Constructor = context =>
                {
                    foreach (var name in (string[])["a1", "a2", "b1"])
                        context.ActorOf(new Script { Receive = (child, m) => Probe.Ref.Tell(m + child.Self.Path.Name) }.ToProps(), name);
                },
                Receive = (_, m) => Probe.Ref.Tell(m + "parent"),
            }.ToProps(),
            "parent");
        parent.Tell("here ");
        Probe.Expect("here parent");
        Sys.ActorSelection("/user/parent/a*").Tell("1");
        Assert.Equal(["1a1", "1a2"], new[] { Probe.Next<string>(), Probe.Next<string>() }.Order());
        Sys.ActorSelection("/user/parent/?1").Tell("2");
        Assert.Equal(["2a1", "2b1"], new[] { Probe.Next<string>(), Probe.Next<string>() }.Order());
        Sys.ActorSelection("/user/parent/a1/../b1").Tell("3");
        Probe.Expect("3b1");
        Sys.ActorSelection(parent, "a2/..").Tell("4");
        Probe.Expect("4parent");
        Assert.Equal($"ActorSelection[Anchor(akka://test/), Path(/user/parent/a1)]", Sys.ActorSelection("/user/parent/a1").ToString());
    }
}
