using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.TestKit.Internal;

/// <summary>The actor behind a <see cref="TestActorRef{TActor}" />: it runs on the calling thread, and its instance can be had.</summary>
public class InternalTestActorRef : LocalActorRef
{
    private static long _count;

    private InternalTestActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, MailboxType mailboxType, IInternalActorRef supervisor, ActorPath path)
        : base(system, props, dispatcher, mailboxType, supervisor, path)
    {
    }

    /// <summary>The instance of the actor.</summary>
    /// <exception cref="IllegalActorStateException">The actor has stopped or could not start.</exception>
    public object UnderlyingActor
    {
        get
        {
            var cell = GetTestActorCell();
            if (cell.IsTerminated)
                throw new IllegalActorStateException("Underlying actor terminated");
            return cell.Instance ?? throw new IllegalActorStateException("Actor has not been created yet");
        }
    }

    /// <summary>Makes an actor.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="props">What the actor is; without a dispatcher it runs on the calling thread.</param>
    /// <param name="supervisor">Its parent; the guardian if not given.</param>
    /// <param name="name">Its name, if it shall have a certain one.</param>
    public static InternalTestActorRef Create(ActorSystem system, Props props, IActorRef supervisor = null, string name = null)
    {
        var impl = (ActorSystemImpl)system;
        if (props.Deploy.Dispatcher == Deploy.NoDispatcherGiven)
            props = props.WithDispatcher(CallingThreadDispatcher.Id);
        var dispatcher = system.Dispatchers.Lookup(props.Dispatcher);
        var mailboxType = system.Mailboxes.GetMailboxType(props, dispatcher.Configurator.Config);
        // A probe or another test actor stands for an actor with a cell.
        var parent = supervisor == null ? (ActorRefWithCell)impl.Guardian : supervisor as ActorRefWithCell ?? (ActorRefWithCell)impl.Provider.ResolveActorRef(supervisor.Path);
        var parentCell = (ActorCell)parent.Underlying;
        name ??= CreateUniqueName();
        parentCell.ReserveChild(name);
        var path = new ChildActorPath(parent.Path, name, ((LocalActorRefProvider)impl.Provider).NewUid());
        var actor = new InternalTestActorRef(impl, props, dispatcher, mailboxType, parent, path);
        parentCell.InitChild(actor);
        actor.Start();
        return actor;
    }

    /// <summary>A name that no other test actor has.</summary>
    public static string CreateUniqueName() => "$$" + (Interlocked.Increment(ref _count) - 1);

    /// <summary>Hands a message to the actor directly: what it throws, the caller gets.</summary>
    public void Receive(object message, IActorRef sender = null) => Cell.ReceiveMessageForTest(new Envelope(message, sender ?? System.DeadLetters));

    /// <summary>Lets the actor watch another one.</summary>
    public void Watch(IActorRef subject) => GetTestActorCell().AsCurrent(cell => cell.Watch(subject));

    /// <summary>Lets the actor no longer watch another one.</summary>
    public void Unwatch(IActorRef subject) => GetTestActorCell().AsCurrent(cell => cell.Unwatch(subject));

    /// <inheritdoc />
    public override string ToString() => "TestActor[" + Path + "]";

    /// <inheritdoc />
    protected override ActorCell NewActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef supervisor) =>
        new TestActorCell(system, self, props, dispatcher, supervisor);

    protected TestActorCell GetTestActorCell() => (TestActorCell)Cell;

    /// <summary>A cell that knows its instance.</summary>
    protected class TestActorCell : ActorCell
    {
        public TestActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
            : base(system, self, props, dispatcher, parent)
        {
        }

        internal ActorBase Instance { get; private set; }

        internal void AsCurrent(Action<ActorCell> action)
        {
            var outer = InternalCurrent.Cell;
            InternalCurrent.Cell = this;
            try
            {
                action(this);
            }
            finally
            {
                InternalCurrent.Cell = outer;
            }
        }

        /// <inheritdoc />
        protected override ActorBase CreateNewActorInstance() => Instance = base.CreateNewActorInstance();
    }
}
