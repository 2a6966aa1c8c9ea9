#nullable disable
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The handle of an actor in this process. Its path is built when someone asks for it.</summary>
public class LocalActorRef : ActorRefWithCell
{
    private readonly long _uid;
    private object _pathOrName;

    public LocalActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, MailboxType mailboxType, IInternalActorRef supervisor, ActorPath path)
        : this(system, props, dispatcher, mailboxType, supervisor, path, path.Uid)
    {
    }

    internal LocalActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, MailboxType mailboxType, IInternalActorRef supervisor, object pathOrName, long uid)
    {
        _pathOrName = pathOrName;
        _uid = uid;
        Cell = NewActorCell(system, this, props, dispatcher, supervisor);
        Cell.Init(sendSupervise: true, mailboxType);
    }

    public ActorCell Cell { get; }

    public override ICell Underlying => Cell;

    public override IEnumerable<IActorRef> Children => Cell.ChildrenContainer.Children;

    public override ActorPath Path
    {
        get
        {
            // Read once: another thread may put the path in between.
            var pathOrName = _pathOrName;
            if (pathOrName is ActorPath known)
                return known;
            var path = new ChildActorPath(Supervisor.Path, (string)pathOrName, _uid);
            _pathOrName = path;
            return path;
        }
    }

    public override IActorRefProvider Provider => Cell.SystemImpl.Provider;

    public override IInternalActorRef Parent => Cell.Parent;

    public override bool IsLocal => true;

    public override bool IsTerminated => Cell.IsTerminated;

    protected ActorSystem System => Cell.System;

    protected Props Props => Cell.Props;

    protected MessageDispatcher Dispatcher => Cell.Dispatcher;

    protected IInternalActorRef Supervisor => Cell.Parent;

    protected MailboxType MailboxType => Cell.SystemImpl.Mailboxes.GetMailboxType(Cell.Props, Cell.Dispatcher.Configurator.Config);

    internal override long Incarnation => _uid;

    internal string Name => _pathOrName as string ?? ((ActorPath)_pathOrName).Name;

    protected virtual ActorCell NewActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef supervisor) =>
        new(system, self, props, dispatcher, supervisor);

    protected override void TellInternal(object message, IActorRef sender) => Cell.SendMessage(sender, message);

    public override void SendSystemMessage(ISystemMessage message) => Cell.SendSystemMessage(message);

    public override void Start() => Cell.Start();

    public override void Suspend() => Cell.Suspend();

    public override void Resume(Exception causedByFailure = null) => Cell.Resume(causedByFailure);

    public override void Stop() => Cell.Stop();

    public override void Restart(Exception cause) => Cell.Restart(cause);

    public override IInternalActorRef GetSingleChild(string name) => Cell.GetSingleChild(name);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef current = this;
        for (var i = 0; i < name.Count; i++)
        {
            if (current is not ActorRefWithCell withCell)
                return current.GetChild(name.Skip(i).ToArray());
            switch (name[i])
            {
                case "":
                    break;
                case "..":
                    current = withCell.Parent;
                    break;
                default:
                    current = withCell.GetSingleChild(name[i]);
                    break;
            }

            if (current.IsNobody())
                return current;
        }

        return current;
    }
}
