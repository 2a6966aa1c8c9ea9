namespace ActorPlane.Scheduler.Framework;

/// <summary>A port that a pod claims on its node itself.</summary>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Ip"><see cref="AnyIp"/> for all addresses of the node.</param>
public readonly record struct HostPort(string Protocol, string Ip, int Port)
{
    /// <summary>All addresses.</summary>
    public const string AnyIp = "0.0.0.0";

    /// <summary>Whether two pods with these ports cannot share a node. (<c>S/framework/types.go</c>, HostPortInfo.CheckConflict.)</summary>
    public bool ConflictsWith(HostPort other) =>
        Port == other.Port
        && string.Equals(Protocol, other.Protocol, StringComparison.Ordinal)
        && (string.Equals(Ip, other.Ip, StringComparison.Ordinal) || Ip == AnyIp || other.Ip == AnyIp);
}
