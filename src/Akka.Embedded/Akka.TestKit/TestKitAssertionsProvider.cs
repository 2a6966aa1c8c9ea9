using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Carries the assertions of the test framework in an actor system.</summary>
public class TestKitAssertionsProvider : IExtension
{
    /// <param name="assertions">The assertions.</param>
    public TestKitAssertionsProvider(ITestKitAssertions assertions) => Assertions = assertions;

    public ITestKitAssertions Assertions { get; }
}
