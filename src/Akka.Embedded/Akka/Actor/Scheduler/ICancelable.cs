namespace Akka.Actor;

/// <summary>Something that is still to happen and can be called off.</summary>
public interface ICancelable
{
    /// <summary>Whether it was called off.</summary>
    bool IsCancellationRequested { get; }

    /// <summary>A token that is cancelled with it.</summary>
    CancellationToken Token { get; }

    /// <summary>Calls it off.</summary>
    void Cancel();

    /// <summary>Calls it off after a delay.</summary>
    void CancelAfter(TimeSpan delay);

    /// <summary>Calls it off after a delay in milliseconds.</summary>
    void CancelAfter(int millisecondsDelay);

    /// <summary>Calls it off.</summary>
    /// <param name="throwOnFirstException">Whether an exception of a callback of the token ends the others.</param>
    void Cancel(bool throwOnFirstException);
}
