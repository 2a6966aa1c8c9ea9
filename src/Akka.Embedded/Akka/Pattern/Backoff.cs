#nullable disable
using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Options for restarting a child with growing delays.</summary>
public static class Backoff
{
    /// <summary>The child is restarted when it fails; when it stops by itself, its supervisor stops too.</summary>
    [Obsolete("Use the overloaded one which accepts maxNrOfRetries instead.")]
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        OnFailure(childProps, childName, minBackoff, maxBackoff, randomFactor, -1);

    /// <summary>The child is restarted when it fails; when it stops by itself, its supervisor stops too.</summary>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new BackoffOptionsImpl(new BackoffSettings(false, childProps, childName, minBackoff, maxBackoff, randomFactor)).WithMaxNrOfRetries(maxNrOfRetries);

    /// <summary>The child is started again whenever it stops.</summary>
    [Obsolete("Use the overloaded one which accepts maxNrOfRetries instead.")]
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, -1);

    /// <summary>The child is started again whenever it stops.</summary>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new BackoffOptionsImpl(new BackoffSettings(true, childProps, childName, minBackoff, maxBackoff, randomFactor)).WithMaxNrOfRetries(maxNrOfRetries);
}
