#nullable disable
namespace Akka.Dispatch;

/// <summary>An actor that needs a queue with these guarantees.</summary>
public interface IRequiresMessageQueue<T>
    where T : ISemantics
{
}
