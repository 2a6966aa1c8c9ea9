#nullable disable
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

// How the instance comes and goes.
public partial class ActorCell
{
    /// <summary>Makes an instance from the props.</summary>
    protected virtual ActorBase CreateNewActorInstance() => _props.NewActor();

    protected void PrepareForNewActor()
    {
        if (_extras is not null)
            _extras.Behaviours = null;
    }

    protected void SetActorFields(ActorBase actor) => actor?.Attach(this);

    protected void ClearActor(ActorBase actor)
    {
        if (actor is null)
            return;
        try
        {
            (actor as IDisposable)?.Dispose();
        }
        catch (Exception e)
        {
            LogError(e, e.Message);
        }

        _props.Release(actor);
        actor.Clear(_self);
        CurrentMessage = null;
        PrepareForNewActor();
    }

    protected void ClearActorCell()
    {
        while (_extras?.Stashed is not null)
        {
            for (var message = UnstashSystemMessages(); message is not null;)
            {
                var next = message.Next;
                message.Unlink();
                SystemImpl.Mailboxes.DeadLetterMailbox.SystemEnqueue(_self, message);
                message = next;
            }
        }

        _props = TerminatedProps.Instance;
    }

    private void HandleCreate(Exception failure)
    {
        if (failure is not null)
            throw failure;
        try
        {
            _actor = NewActor();
            _actor.AroundPreStart();
            CheckReceiveTimeout();
            LogLifecycle($"Started ({_actor})");
        }
        catch (Exception e)
        {
            // The default strategy stops an actor that cannot start, and needs to see that it could not.
            if (_actor is not null)
            {
                ClearActor(_actor);
                _actor = null;
            }

            throw new ActorInitializationException(_self, "Exception during creation", e);
        }
    }

    private ActorBase NewActor()
    {
        var outer = ReceiveActor.BeginConstruction();
        try
        {
            return Construct();
        }
        finally
        {
            ReceiveActor.EndConstruction(outer);
        }
    }

    private ActorBase Construct()
    {
        PrepareForNewActor();
        var actor = CreateNewActorInstance()
            ?? throw new ActorInitializationException(_self, "Actor instance passed to ActorOf can't be 'null'");
        SetActorFields(actor);
        _aroundReceive = ActorFactory.Of(actor.GetType()).OverridesAroundReceive;
        if (actor is IActorStash { Stash: null } stashing)
            stashing.Stash = this.CreateStash(stashing);
        SystemImpl.ActorPipelineResolver.AfterIncarnated(actor, this);
        if (actor is IInitializableActor initializable)
            initializable.Init();
        return actor;
    }
}
