using Akka.Actor;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>What test actors are told, and pilots for them.</summary>
public static class TestActor
{
    /// <summary>Decides which messages the test does not see.</summary>
    public delegate bool Ignore(object message);

    /// <summary>Ends the pilot.</summary>
    public static AutoPilot NoAutoPilot => TestKit.NoAutoPilot.Instance;

    /// <summary>Keeps the pilot.</summary>
    public static AutoPilot KeepRunning => TestKit.KeepRunning.Instance;

    /// <summary>Stands for the message that there is not.</summary>
    public static NullMessageEnvelope NullMessage => NullMessageEnvelope.Instance;

    /// <summary>Sets which messages the test does not see.</summary>
    public class SetIgnore : INoSerializationVerificationNeeded
    {
        /// <param name="ignore">Decides; <c>null</c> lets all messages through.</param>
        public SetIgnore(Ignore ignore) => Ignore = ignore;

        /// <summary>Decides.</summary>
        public Ignore Ignore { get; }
    }

    /// <summary>Watches an actor.</summary>
    public class Watch : INoSerializationVerificationNeeded
    {
        /// <param name="actorToWatch">The actor.</param>
        public Watch(IActorRef actorToWatch) => Actor = actorToWatch;

        public IActorRef Actor { get; }
    }

    /// <summary>Stops to watch an actor.</summary>
    public class Unwatch : INoSerializationVerificationNeeded
    {
        /// <param name="actorToUnwatch">The actor.</param>
        public Unwatch(IActorRef actorToUnwatch) => Actor = actorToUnwatch;

        public IActorRef Actor { get; }
    }

    /// <summary>Sets the pilot.</summary>
    public class SetAutoPilot : INoSerializationVerificationNeeded
    {
        /// <param name="autoPilot">The pilot.</param>
        public SetAutoPilot(AutoPilot autoPilot) => AutoPilot = autoPilot;

        public AutoPilot AutoPilot { get; }
    }

    /// <summary>Makes a child of the test actor.</summary>
    public class Spawn : INoSerializationVerificationNeeded
    {
        /// <summary>What the child is.</summary>
        public readonly Props _props;

        /// <summary>Its name, if it shall have one.</summary>
        public readonly Option<string> _name;

        /// <summary>How its failures are handled, if not by the default.</summary>
        public readonly Option<SupervisorStrategy> _supervisorStrategy;

        /// <param name="props">What the child is.</param>
        /// <param name="name">Its name, if it shall have one.</param>
        /// <param name="supervisorStrategy">How its failures are handled, if not by the default.</param>
        public Spawn(Props props, Option<string> name, Option<SupervisorStrategy> supervisorStrategy)
        {
            _props = props;
            _name = name;
            _supervisorStrategy = supervisorStrategy;
        }

        /// <summary>Makes the child.</summary>
        public IActorRef Apply(IActorRefFactory context) => context.ActorOf(_props, _name.GetOrElse(null));
    }
}
