#nullable disable
using Akka.Util;

namespace Akka.Actor;

/// <summary>Where an actor system is: <c>protocol://system@host:port</c>, or without host when local.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>, IComparable, ISurrogated, ICloneable
{
    public static readonly Address AllSystems = new("akka", "all-systems");

    public static readonly IComparer<Address> Comparer = Comparer<Address>.Create(Compare);

    private string _text;

    public Address(string protocol, string system, string host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
    }

    public bool HasGlobalScope => Host is not null;

    public bool HasLocalScope => Host is null;

    public string Host { get; }

    public int? Port { get; }

    public string Protocol { get; }

    public string System { get; }

    public object Clone() => new Address(Protocol, System, Host, Port);

    public int CompareTo(Address other) => Compare(this, other);

    int IComparable.CompareTo(object obj) => obj switch
    {
        null => 1,
        Address other => CompareTo(other),
        _ => throw new ArgumentException($"Cannot compare {nameof(Address)} with {obj.GetType()}", nameof(obj)),
    };

    public bool Equals(Address other) =>
        other is not null && Port == other.Port && Host == other.Host && System == other.System && Protocol == other.Protocol;

    public override bool Equals(object obj) => Equals(obj as Address);

    public override int GetHashCode() => HashCode.Combine(Protocol, System, Host, Port);

    public string HostPort() => ToString()[(Protocol.Length + 3)..];

    public static Address Parse(string address) =>
        TryParse(address, out var result) ? result : throw new ArgumentException($"Invalid address [{address}]", nameof(address));

    public override string ToString() => _text ??= Host is null
        ? $"{Protocol}://{System}"
        : $"{Protocol}://{System}@{Host}{(Port is { } port ? ":" + port : "")}";

    public ISurrogate ToSurrogate(ActorSystem system) =>
        new AddressSurrogate { Protocol = Protocol, System = System, Host = Host, Port = Port };

    public static bool TryParse(string path, out Address address) => TryParse(path.AsSpan(), out address, out _);

    public static bool TryParse(string path, out Address address, out string absolutUri)
    {
        var parsed = TryParse(path.AsSpan(), out address, out var rest);
        absolutUri = parsed ? rest.ToString() : null;
        return parsed;
    }

    public static bool TryParse(ReadOnlySpan<char> span, out Address address) => TryParse(span, out address, out _);

    public static bool TryParse(ReadOnlySpan<char> span, out Address address, out ReadOnlySpan<char> absolutUri)
    {
        address = null;
        absolutUri = default;
        var schemeEnd = span.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd <= 0)
            return false;
        var rest = span[(schemeEnd + 3)..];
        var slash = rest.IndexOf('/');
        var authority = slash < 0 ? rest : rest[..slash];
        absolutUri = slash < 0 ? "/" : rest[slash..];
        if (authority.IsEmpty)
            return false;
        var protocol = span[..schemeEnd].ToString();
        var at = authority.IndexOf('@');
        if (at < 0)
        {
            // "akka://system": a colon here would be a host without a system.
            if (authority.IndexOf(':') >= 0)
                return false;
            address = new Address(protocol, authority.ToString());
            return true;
        }

        var hostPort = authority[(at + 1)..];
        var colon = hostPort.LastIndexOf(':');
        var closing = hostPort.LastIndexOf(']');
        if (colon <= closing)
        {
            address = new Address(protocol, authority[..at].ToString(), hostPort.ToString());
            return true;
        }

        if (!int.TryParse(hostPort[(colon + 1)..], out var port))
            return false;
        address = new Address(protocol, authority[..at].ToString(), hostPort[..colon].ToString(), port);
        return true;
    }

    public Address WithHost(string host = null) => new(Protocol, System, host, Port);

    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    public static bool operator ==(Address left, Address right) => Equals(left, right);

    public static bool operator !=(Address left, Address right) => !Equals(left, right);

    private static int Compare(Address x, Address y)
    {
        if (ReferenceEquals(x, y))
            return 0;
        if (x is null)
            return -1;
        if (y is null)
            return 1;
        var order = string.CompareOrdinal(x.Protocol, y.Protocol);
        if (order == 0)
            order = string.CompareOrdinal(x.System, y.System);
        if (order == 0)
            order = string.CompareOrdinal(x.Host ?? "", y.Host ?? "");
        return order != 0 ? order : (x.Port ?? 0).CompareTo(y.Port ?? 0);
    }

    public sealed class AddressSurrogate : ISurrogate
    {
        public AddressSurrogate()
        {
        }

        public string Host { get; set; }

        public int? Port { get; set; }

        public string Protocol { get; set; }

        public string System { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) => new Address(Protocol, System, Host, Port);
    }
}
