using ActorPlane.Api;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Http;

/// <summary>What a watch tells: a change, or a bookmark.</summary>
/// <param name="Type">Null for a bookmark.</param>
/// <param name="Object">Null for a bookmark.</param>
/// <param name="Revision">Nothing up to here is still to come.</param>
public readonly record struct WatchItem(ApiServerProtocol.ChangeType? Type, IKubeObject? Object, long Revision);
