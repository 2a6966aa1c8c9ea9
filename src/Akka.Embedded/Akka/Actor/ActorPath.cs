#nullable disable
using System.Text;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// Where an actor is in the tree of its system. Two paths are equal when names and address are;
/// <see cref="Uid"/> tells incarnations apart.
/// </summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>, ISurrogated
{
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private readonly object _parentOrAddress;

    protected ActorPath(Address address, string name)
    {
        _parentOrAddress = address;
        Name = name;
    }

    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        if (name.Contains('/'))
            throw new ArgumentException("/ is a path separator and is not legal in ActorPath names", nameof(name));
        _parentOrAddress = parentPath;
        Name = name;
        Uid = uid;
    }

    public Address Address => (Address)Root._parentOrAddress;

    public int Depth
    {
        get
        {
            var depth = 0;
            for (var p = this; p._parentOrAddress is ActorPath parent; p = parent)
                depth++;
            return depth;
        }
    }

    /// <summary>The names from the root down, the root's own left out.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            var i = elements.Length;
            for (var p = this; p._parentOrAddress is ActorPath parent; p = parent)
                elements[--i] = p.Name;
            return elements;
        }
    }

    public string Name { get; }

    public ActorPath Parent => _parentOrAddress as ActorPath ?? this;

    public ActorPath Root
    {
        get
        {
            var p = this;
            while (p._parentOrAddress is ActorPath parent)
                p = parent;
            return p;
        }
    }

    public long Uid { get; }

    public ActorPath Child(string childName) => this / childName;

    public int CompareTo(ActorPath other)
    {
        if (ReferenceEquals(this, other))
            return 0;
        if (other is null)
            return 1;
        var order = Address.CompareTo(other.Address);
        if (order != 0)
            return order;
        var mine = Elements;
        var others = other.Elements;
        for (var i = 0; i < mine.Count && i < others.Count; i++)
        {
            order = string.CompareOrdinal(mine[i], others[i]);
            if (order != 0)
                return order;
        }

        return mine.Count.CompareTo(others.Count);
    }

    public bool Equals(ActorPath other)
    {
        var a = this;
        var b = other;
        while (true)
        {
            if (ReferenceEquals(a, b))
                return true;
            if (b is null || !string.Equals(a.Name, b.Name, StringComparison.Ordinal))
                return false;
            var parentA = a._parentOrAddress as ActorPath;
            var parentB = b._parentOrAddress as ActorPath;
            if (parentA is null || parentB is null)
                return parentA is null && parentB is null && a._parentOrAddress.Equals(b._parentOrAddress);
            a = parentA;
            b = parentB;
        }
    }

    public override bool Equals(object obj) => Equals(obj as ActorPath);

    public static string FormatPathElements(IEnumerable<string> pathElements) =>
        string.Concat(pathElements.Select(e => e.StartsWith('/') ? e : "/" + e));

    public override int GetHashCode()
    {
        var hash = new HashCode();
        var p = this;
        for (; p._parentOrAddress is ActorPath parent; p = parent)
            hash.Add(p.Name, StringComparer.Ordinal);
        hash.Add(p._parentOrAddress);
        return hash.ToHashCode();
    }

    /// <summary>Letters, digits, <see cref="ValidSymbols"/> and %-escapes; not empty, no leading dollar.</summary>
    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$')
            return false;
        for (var i = 0; i < s.Length; i++)
        {
            var c = s[i];
            if (char.IsAsciiLetterOrDigit(c) || ValidSymbols.Contains(c))
                continue;
            if (c != '%' || i + 2 >= s.Length || !char.IsAsciiHexDigit(s[i + 1]) || !char.IsAsciiHexDigit(s[i + 2]))
                return false;
            i += 2;
        }

        return true;
    }

    /// <summary>The ancestor at that depth counted from the root, or, when negative, that many steps up.</summary>
    public ActorPath ParentOf(int depth)
    {
        var steps = depth >= 0 ? Depth - depth : -depth;
        var p = this;
        for (; steps > 0; steps--)
            p = p.Parent;
        return p;
    }

    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    public string ToSerializationFormat() => AppendUid(ToStringWithAddress());

    public string ToSerializationFormatWithAddress(Address address) => AppendUid(ToStringWithAddress(address));

    public override string ToString() => ToStringWithAddress(Address);

    public string ToStringWithAddress() => ToStringWithAddress(Address);

    /// <summary>The path with <paramref name="address"/> in front, unless its own address has a host.</summary>
    public string ToStringWithAddress(Address address)
    {
        var own = Address;
        if (Equals(Nobody.Instance?.Path))
            return own + Name;
        return Join((own.HasGlobalScope ? own : address).ToString());
    }

    public string ToStringWithUid() => AppendUid(ToStringWithAddress());

    public string ToStringWithoutAddress() => Join("");

    public ISurrogate ToSurrogate(ActorSystem system) => new Surrogate(ToSerializationFormat());

    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null;
        return path is not null && TryParseAddress(path, out var address, out var absolute)
            && TryParse(new RootActorPath(address), absolute, out actorPath);
    }

    public static bool TryParse(ActorPath basePath, string absoluteUri, out ActorPath actorPath) =>
        TryParse(basePath, absoluteUri.AsSpan(), out actorPath);

    public static bool TryParse(ActorPath basePath, ReadOnlySpan<char> absoluteUri, out ActorPath actorPath)
    {
        actorPath = basePath;
        var uid = (long)ActorCell.UndefinedUid;
        var hash = absoluteUri.LastIndexOf('#');
        if (hash >= 0)
        {
            if (!long.TryParse(absoluteUri[(hash + 1)..], out uid))
                return false;
            absoluteUri = absoluteUri[..hash];
        }

        foreach (var range in absoluteUri.Split('/'))
        {
            var name = absoluteUri[range];
            if (!name.IsEmpty)
                actorPath = new ChildActorPath(actorPath, name.ToString(), ActorCell.UndefinedUid);
        }

        if (uid != ActorCell.UndefinedUid)
            actorPath = actorPath.WithUid(uid);
        return true;
    }

    public static bool TryParseAddress(string path, out Address address) => Address.TryParse(path, out address);

    public static bool TryParseAddress(string path, out Address address, out ReadOnlySpan<char> absoluteUri) =>
        Address.TryParse(path.AsSpan(), out address, out absoluteUri);

    public static bool TryParseParts(ReadOnlySpan<char> path, out ReadOnlySpan<char> address, out ReadOnlySpan<char> absoluteUri)
    {
        address = default;
        absoluteUri = default;
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
            return false;
        var slash = path[(scheme + 3)..].IndexOf('/');
        address = slash < 0 ? path : path[..(scheme + 3 + slash)];
        absoluteUri = slash < 0 ? "/" : path[(scheme + 3 + slash)..];
        return true;
    }

    public ActorPath WithUid(long uid)
    {
        if (_parentOrAddress is ActorPath parent)
            return uid == Uid ? this : new ChildActorPath(parent, Name, uid);
        return uid == ActorCell.UndefinedUid
            ? this
            : throw new NotSupportedException("RootActorPath must have undefined Uid");
    }

    public static ActorPath operator /(ActorPath path, string name)
    {
        var (plain, uid) = ActorCell.SplitNameAndUid(name);
        return new ChildActorPath(path, plain, uid);
    }

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name)
    {
        foreach (var element in name)
        {
            if (!string.IsNullOrEmpty(element))
                path /= element;
        }

        return path;
    }

    public static bool operator ==(ActorPath left, ActorPath right) => Equals(left, right);

    public static bool operator !=(ActorPath left, ActorPath right) => !Equals(left, right);

    private string AppendUid(string text) => Uid == ActorCell.UndefinedUid ? text : $"{text}#{Uid}";

    private string Join(string prefix)
    {
        if (_parentOrAddress is Address)
            return prefix + "/" + Name.TrimStart('/');
        var length = prefix.Length;
        for (var p = this; p._parentOrAddress is ActorPath parent; p = parent)
            length += p.Name.Length + 1;
        return string.Create(length, (Path: this, prefix), static (span, state) =>
        {
            var end = span.Length;
            for (var p = state.Path; p._parentOrAddress is ActorPath parent; p = parent)
            {
                end -= p.Name.Length;
                p.Name.CopyTo(span[end..]);
                span[--end] = '/';
            }

            state.prefix.CopyTo(span);
        });
    }

    public sealed class Surrogate : ISurrogate, IEquatable<Surrogate>, IEquatable<ActorPath>
    {
        public Surrogate(string path) => Path = path;

        public string Path { get; }

        public ISurrogated FromSurrogate(ActorSystem system) => TryParse(Path, out var path) ? path : null;

        public bool Equals(Surrogate other) => other is not null && string.Equals(Path, other.Path, StringComparison.Ordinal);

        public bool Equals(ActorPath other) => other is not null && string.Equals(Path, other.ToSerializationFormat(), StringComparison.Ordinal);

        public override bool Equals(object obj) => obj switch
        {
            Surrogate surrogate => Equals(surrogate),
            ActorPath path => Equals(path),
            _ => false,
        };

        public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Path);
    }
}
