#nullable disable
namespace Akka.Dispatch;

/// <summary>The queue may be read by several consumers.</summary>
public interface IMultipleConsumerSemantics : ISemantics
{
}
