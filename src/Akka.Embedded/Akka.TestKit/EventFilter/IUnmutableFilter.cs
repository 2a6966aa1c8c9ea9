namespace Akka.TestKit;

/// <summary>Log events that are not printed until this is ended or disposed.</summary>
public interface IUnmutableFilter : IDisposable
{
    /// <summary>Lets the events be printed again.</summary>
    void Unmute();
}
