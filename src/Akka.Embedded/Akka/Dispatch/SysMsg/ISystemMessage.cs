#nullable disable
using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>What the runtime tells actors ahead of user messages.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded
{
}
