namespace Akka.Actor;

/// <summary>What also works where nothing was scheduled.</summary>
public static class CancelableExtensions
{
    /// <summary>Cancels, if there is something.</summary>
    public static void CancelIfNotNull(this ICancelable cancelable) => cancelable?.Cancel();
}
