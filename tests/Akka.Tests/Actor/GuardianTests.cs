using Akka.Actor;
using Script = Akka.Tests.Scripted.Script;

namespace Akka.Tests.Actor;

/// <summary>What happens at the top of the tree.</summary>
public sealed class GuardianTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_failure_that_escalates_beyond_the_user_guardian_ends_the_system()
    {
        var system = ActorSystem.Create("top", Akka.Configuration.ConfigurationFactory.ParseString(
            "akka { loglevel = off, stdout-loglevel = off, actor.guardian-supervisor-strategy = \"Akka.Tests.Actor.GuardianTests+Escalating, Akka.Tests\" }"));
        system.ActorOf(new Script().ToProps()).Tell(new InvalidOperationException());
        await system.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public void A_disposed_system_has_ended_and_takes_no_more_actors()
    {
        var system = ActorSystem.Create("disposed", Akka.Configuration.ConfigurationFactory.ParseString("akka { loglevel = off, stdout-loglevel = off }"));
        system.Dispose();
        Assert.True(system.WhenTerminated.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => system.ActorOf(Props.Empty));
        Assert.Throws<InvalidOperationException>(() => system.RegisterOnTermination(() => { }));
    }

    [Fact]
    public void The_tree_can_be_printed()
    {
        using var system = ActorSystem.Create("tree", Akka.Configuration.ConfigurationFactory.ParseString("akka { loglevel = off, stdout-loglevel = off }"));
        system.ActorOf(Props.Empty, "leaf");
        Assert.Contains("leaf", ((ExtendedActorSystem)system).PrintTree(), StringComparison.Ordinal);
    }

    public sealed class Escalating : SupervisorStrategyConfigurator
    {
        public override SupervisorStrategy Create() => new OneForOneStrategy(_ => Directive.Escalate);
    }
}
