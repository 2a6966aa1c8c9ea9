using System.Net;
using System.Text;

namespace ActorPlane.Api.Cel;

/// <summary>
/// A value of the Common Expression Language. Errors are values too: <c>||</c> and <c>&amp;&amp;</c> may absorb them. Immutable.
/// </summary>
internal abstract class CelValue
{
    /// <summary>Its type as far as the value alone tells: lists and maps hold anything.</summary>
    public abstract CelType Type { get; }

    /// <summary>Nothing.</summary>
    internal sealed class Null : CelValue
    {
        public static readonly Null Instance = new();

        public override CelType Type => CelType.Null;
    }

    /// <summary>What went wrong.</summary>
    internal sealed class Error(string message) : CelValue
    {
        public static readonly Error NoOverload = new("no such overload");
        public static readonly Error Overflow = new("integer overflow");
        public static readonly Error UnsignedOverflow = new("unsigned integer overflow");

        public string Message { get; } = message;

        public override CelType Type => CelType.Error;
    }

    internal sealed class Bool : CelValue
    {
        public static readonly Bool True = new(true);
        public static readonly Bool False = new(false);

        private Bool(bool value) => Value = value;

        public bool Value { get; }

        public override CelType Type => CelType.Bool;

        public static Bool Of(bool value) => value ? True : False;
    }

    internal sealed class Int(long value) : CelValue
    {
        public long Value { get; } = value;

        public override CelType Type => CelType.Int;
    }

    internal sealed class Uint(ulong value) : CelValue
    {
        public ulong Value { get; } = value;

        public override CelType Type => CelType.Uint;
    }

    internal sealed class Double(double value) : CelValue
    {
        public double Value { get; } = value;

        public override CelType Type => CelType.Double;
    }

    internal sealed class Text(string value) : CelValue
    {
        public string Value { get; } = value;

        public override CelType Type => CelType.String;

        /// <summary>How many code points it has.</summary>
        public int Size { get; } = Count(value);

        private static int Count(string text)
        {
            var pairs = 0;
            foreach (var c in text)
            {
                if (char.IsLowSurrogate(c)) pairs++;
            }

            return text.Length - pairs;
        }
    }

    internal sealed class Bytes(byte[] value) : CelValue
    {
        public byte[] Value { get; } = value;

        public override CelType Type => CelType.Bytes;

        /// <summary>As text; null when it is no UTF-8.</summary>
        public string? AsText()
        {
            try
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Value);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }

    /// <summary>A span of time in nanoseconds.</summary>
    internal sealed class Duration(long nanos) : CelValue
    {
        public long Nanos { get; } = nanos;

        public override CelType Type => CelType.Duration;
    }

    /// <summary>A point in time.</summary>
    /// <param name="nanos">Nanoseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="offset">The minutes by which it was written ahead of UTC; only its text shows them.</param>
    internal sealed class Timestamp(Int128 nanos, int offset = 0) : CelValue
    {
        public Int128 Nanos { get; } = nanos;

        public int Offset { get; } = offset;

        public override CelType Type => CelType.Timestamp;
    }

    /// <summary>A type.</summary>
    internal sealed class TypeValue(CelType type) : CelValue
    {
        public CelType Value { get; } = type;

        public override CelType Type => CelType.AnyType;
    }

    /// <summary>A value that may be there.</summary>
    internal sealed class Optional(CelValue? value) : CelValue
    {
        public static readonly Optional None = new(null);

        public CelValue? Value { get; } = value;

        public override CelType Type => CelType.OptionalOf(CelType.Dyn);
    }

    /// <summary>An address on the web.</summary>
    internal sealed class Url(CelUrl value) : CelValue
    {
        public CelUrl Value { get; } = value;

        public override CelType Type => CelType.Url;
    }

    /// <summary>An amount of a resource.</summary>
    internal sealed class Amount(Quantity value) : CelValue
    {
        public Quantity Value { get; } = value;

        public override CelType Type => CelType.Quantity;
    }

    /// <summary>An address of the Internet Protocol.</summary>
    internal sealed class Ip(IPAddress value) : CelValue
    {
        public IPAddress Value { get; } = value;

        public override CelType Type => CelType.Ip;
    }

    /// <summary>A range of addresses; bits beyond the prefix may be set.</summary>
    internal sealed class Cidr(IPAddress address, int prefix) : CelValue
    {
        public IPAddress Address { get; } = address;

        public int Prefix { get; } = prefix;

        public override CelType Type => CelType.Cidr;
    }

    /// <summary>A format of text that has a name.</summary>
    internal sealed class NamedFormat(string name) : CelValue
    {
        public string Name { get; } = name;

        public override CelType Type => CelType.Format;
    }

    /// <summary>Data without a schema: it can be compared, and nothing else.</summary>
    internal sealed class Opaque(JsonValue data) : CelValue
    {
        public JsonValue Data { get; } = data;

        public override CelType Type => CelType.Dyn;
    }
}
