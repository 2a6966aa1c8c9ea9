using System.Collections.Immutable;
using Akka.Actor;
using Akka.Pattern;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Tests;

public sealed class CircuitBreakerTests() : PersistenceTest(
    """
    akka.persistence.journal.plugin = "breaking"
    breaking {
      class = "Akka.Persistence.Tests.CircuitBreakerTests+BreakingJournal, Akka.Persistence.Tests"
      circuit-breaker { max-failures = 2, call-timeout = 100ms, reset-timeout = 300ms }
    }
    """)
{
    private Exception FailureOf(string @event)
    {
        var journal = Persistence.Instance.Apply(Sys).JournalFor(null);
        var envelope = new AtomicWrite(new Persistent(@event, 1, "p"));
        journal.Tell(new WriteMessages([envelope], TestActor, 1), TestActor);
        var failure = ExpectMsg<WriteMessagesFailed>();
        Assert.Equal(1, failure.WriteCount);
        ExpectMsg<WriteMessageFailure>();
        return failure.Cause;
    }

    private void Succeed()
    {
        Persistence.Instance.Apply(Sys).JournalFor(null).Tell(new WriteMessages([new AtomicWrite(new Persistent("fine", 1, "p"))], TestActor, 1), TestActor);
        ExpectMsg<WriteMessagesSuccessful>();
        ExpectMsg<WriteMessageSuccess>();
    }

    [Fact]
    public void After_enough_failures_calls_fail_at_once_until_the_pause_is_over()
    {
        Assert.Equal("broken", FailureOf("break").Message);
        Assert.Equal("broken", FailureOf("break").Message);
        Assert.IsType<OpenCircuitException>(FailureOf("fine"));
        AwaitAssert(Succeed, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(100));
        Succeed();
    }

    [Fact]
    public void A_success_forgets_the_failures_before_it()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("broken", FailureOf("break").Message);
            Succeed();
        }
    }

    [Fact]
    public void A_call_that_takes_too_long_has_failed() => Assert.IsType<TimeoutException>(FailureOf("hang"));

    public sealed class BreakingJournal : MemoryJournal
    {
        protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages) =>
            ((IEnumerable<IPersistentRepresentation>)messages.First().Payload).First().Payload switch
            {
                "break" => throw new InvalidOperationException("broken"),
                "hang" => new TaskCompletionSource<IImmutableList<Exception>>().Task,
                _ => base.WriteMessagesAsync(messages),
            };
    }
}
