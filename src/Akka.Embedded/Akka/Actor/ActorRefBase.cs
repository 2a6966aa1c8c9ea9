#nullable disable
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Equality, order and text of actor handles: path and incarnation.</summary>
public abstract class ActorRefBase : IActorRef
{
    protected ActorRefBase()
    {
    }

    public abstract ActorPath Path { get; }

    /// <summary>The incarnation, without building a path.</summary>
    internal virtual long Incarnation => Path.Uid;

    /// <summary>What becomes of null is the handle's own matter: an actor refuses it, the answer to an Ask may be it.</summary>
    public void Tell(object message, IActorRef sender) => TellInternal(message, sender);

    protected abstract void TellInternal(object message, IActorRef sender);

    public override string ToString()
    {
        var path = Path;
        return path.Uid == ActorCell.UndefinedUid ? $"[{path}]" : $"[{path}#{path.Uid}]";
    }

    public override bool Equals(object obj) => obj is IActorRef other && Equals(other);

    public override int GetHashCode()
    {
        // Equal handles have equal incarnations, so this needs no path.
        var uid = Incarnation;
        return uid != ActorCell.UndefinedUid ? uid.GetHashCode() : Path.GetHashCode();
    }

    public bool Equals(IActorRef other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null)
            return false;
        if (other is ActorRefBase known)
            return Incarnation == known.Incarnation && Path.Equals(known.Path);
        return Path.Uid == other.Path.Uid && Path.Equals(other.Path);
    }

    public int CompareTo(object obj)
    {
        if (obj is null)
            return 1;
        return obj is IActorRef other
            ? CompareTo(other)
            : throw new ArgumentException("Object must be of type IActorRef.", nameof(obj));
    }

    public int CompareTo(IActorRef other)
    {
        if (other is null)
            return 1;
        var order = Path.CompareTo(other.Path);
        return order != 0 ? order : Path.Uid.CompareTo(other.Path.Uid);
    }

    public virtual ISurrogate ToSurrogate(ActorSystem system) =>
        new Surrogate(Akka.Serialization.Serialization.SerializedActorPath(this));

    public class Surrogate : ISurrogate
    {
        public Surrogate(string path) => Path = path;

        public string Path { get; }

        public ISurrogated FromSurrogate(ActorSystem system) =>
            ((ExtendedActorSystem)system).Provider.ResolveActorRef(Path);
    }
}
