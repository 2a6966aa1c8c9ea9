using Akka.Actor;

namespace ActorPlane.ApiServer;

/// <summary>A client with open watches. The server watches over its life as long as it has any.</summary>
internal sealed class ClientSession(IActorRef client, long ordinal)
{
    public IActorRef Client { get; } = client;

    /// <summary>Sessions are told of the server's end in the order in which they began.</summary>
    public long Ordinal { get; } = ordinal;

    /// <summary>Few: a linear search finds one sooner than a table would.</summary>
    public List<ObjectWatch> Watches { get; } = new(1);

    public ObjectWatch? Find(long watchId) => Watches.Find(watch => watch.Id == watchId);
}
