using Akka.Configuration;

namespace ActorPlane.Settings;

/// <summary>The section <c>actorplane.http</c>: the bounds of the HTTP API, which the host serves.</summary>
/// <param name="MaxRequestsInFlight">So many reads are under way at once; more are refused with 429. 0: any number.</param>
/// <param name="MaxMutatingRequestsInFlight">The same for requests that change something.</param>
/// <param name="RequestTimeout">How long a request may take, from its head to the last byte of its answer; watches and followed logs have no such limit.</param>
/// <param name="MaxConnections">So many connections are open at once; more are closed.</param>
/// <param name="IdleTimeout">How long a connection may wait for its next request.</param>
/// <param name="ReadHeaderTimeout">How long a client may take to send a request's head.</param>
/// <param name="MaxHeaderBytes">The size of a request's head.</param>
/// <param name="TcpKeepAlive">How long a connection is silent before its client is asked whether it is still there.</param>
/// <param name="WatchQueue">So many changes wait for the client of a watch; then its connection is cut.</param>
public sealed record HttpSettings(
    int MaxRequestsInFlight, int MaxMutatingRequestsInFlight, TimeSpan RequestTimeout, int MaxConnections, TimeSpan IdleTimeout, TimeSpan ReadHeaderTimeout,
    int MaxHeaderBytes, TimeSpan TcpKeepAlive, int WatchQueue)
{
    /// <summary>Reads the section from a system's whole configuration.</summary>
    public static HttpSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.http");
        return new HttpSettings(
            section.Int32("max-requests-inflight"),
            section.Int32("max-mutating-requests-inflight"),
            Positive("request-timeout"),
            section.Int32("max-connections", 1),
            Positive("idle-timeout"),
            Positive("read-header-timeout"),
            Size("max-header-bytes"),
            Positive("tcp-keep-alive"),
            section.Int32("watch-queue", 1));

        TimeSpan Positive(string key) => section.Duration(key) is var value && value >= TimeSpan.FromSeconds(1)
            ? value
            : throw new SettingsException("actorplane.http." + key, "must be at least 1s");

        int Size(string key) => section.Bytes(key) is >= 8192 and <= 16 << 20 and var value
            ? (int)value
            : throw new SettingsException("actorplane.http." + key, "must be from 8KiB to 16MiB");
    }
}
