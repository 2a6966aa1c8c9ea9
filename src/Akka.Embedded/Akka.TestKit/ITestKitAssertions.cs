namespace Akka.TestKit;

/// <summary>How the test framework in use is told of failures.</summary>
public interface ITestKitAssertions
{
    /// <summary>Fails the test.</summary>
    void Fail(string format = "", params object[] args);

    /// <summary>Fails the test if the condition is false.</summary>
    void AssertTrue(bool condition, string format = "", params object[] args);

    /// <summary>Fails the test if the condition is true.</summary>
    void AssertFalse(bool condition, string format = "", params object[] args);

    /// <summary>Fails the test if the values differ.</summary>
    void AssertEqual<T>(T expected, T actual, string format = "", params object[] args);

    /// <summary>Fails the test if the comparer finds that the values differ.</summary>
    void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args);
}
