#nullable disable
namespace Akka.Dispatch;

/// <summary>What a message queue guarantees.</summary>
public interface ISemantics
{
}
