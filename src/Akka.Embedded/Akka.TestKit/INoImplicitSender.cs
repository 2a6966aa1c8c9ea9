namespace Akka.TestKit;

/// <summary>Marks tests in which the test actor is not the sender of what the test tells.</summary>
public interface INoImplicitSender
{
}
