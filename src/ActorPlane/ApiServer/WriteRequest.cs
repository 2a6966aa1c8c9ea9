using ActorPlane.Api;
using Akka.Actor;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.ApiServer;

/// <summary>A write on its way: who asked, for what, and how far it is.</summary>
internal sealed class WriteRequest(ICommand command, IActorRef client, StoredObject target, long ordinal)
{
    public ICommand Command { get; } = command;

    /// <summary>Who gets the reply; nobody for the server's own writes.</summary>
    public IActorRef Client { get; } = client;

    public StoredObject Target { get; } = target;

    /// <summary>1, 2, 3, ...: the order in which writes came in.</summary>
    public long Ordinal { get; } = ordinal;

    /// <summary>The object of a <see cref="Create"/>, with its final name.</summary>
    public IKubeObject? Item { get; init; }

    /// <summary>How often it was sent to etcd.</summary>
    public int Attempts { get; set; }

    /// <summary>Its object is marked as deleted, and is now to be taken away.</summary>
    public bool IsMarked { get; set; }

    /// <summary>What was sent to etcd.</summary>
    public WritePlan? Plan { get; set; }

    /// <summary>What etcd's watch then showed: the stored object, or the removed one as it last was.</summary>
    public IKubeObject? Outcome { get; set; }
}
