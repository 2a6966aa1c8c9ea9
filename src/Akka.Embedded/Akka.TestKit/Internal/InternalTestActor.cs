using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>The actor behind a test kit or a probe: what it receives, it puts into the queue that the test reads.</summary>
internal sealed class InternalTestActor(TestActorQueue queue) : ActorBase
{
    private readonly DelegatingSupervisorStrategy _strategy = new();
    private TestActor.Ignore _ignore;
    private AutoPilot _pilot = NoAutoPilot.Instance;

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case TestActor.SetIgnore setIgnore:
                _ignore = setIgnore.Ignore;
                return true;
            case TestActor.Watch watch:
                Context.Watch(watch.Actor);
                return true;
            case TestActor.Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                return true;
            case TestActor.SetAutoPilot setPilot:
                _pilot = setPilot.AutoPilot;
                return true;
            case TestActor.Spawn spawn:
                var child = spawn.Apply(Context);
                if (spawn._supervisorStrategy.HasValue)
                    _strategy.Update(child, spawn._supervisorStrategy.Value);
                queue.Enqueue(new RealMessageEnvelope(child, Self));
                return true;
        }

        if (_pilot.Run(Sender, message) is var next and not KeepRunning)
            _pilot = next;
        if (_ignore == null || !_ignore(message))
            queue.Enqueue(new RealMessageEnvelope(message, Sender));
        return true;
    }

    protected override void PostStop()
    {
        var self = Self;
        foreach (var envelope in queue.TakeAll())
        {
            var sender = envelope.Sender ?? Context.System.DeadLetters;
            Context.System.DeadLetters.Tell(new DeadLetter(envelope.Message, sender, self), sender);
        }
    }
}
