using System.Globalization;
using System.Runtime.Serialization;
using Xunit.Sdk;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Values differ that a test expects to be equal.</summary>
public class AkkaEqualException : XunitException
{
    /// <param name="format">What the failure says.</param>
    /// <param name="args">The arguments of the format.</param>
    public AkkaEqualException(string format = "", params object[] args) : base(Text(format, args))
    {
    }

#pragma warning disable SYSLIB0051 // Akka.NET's exceptions have this constructor.
    /// <summary>For serializers.</summary>
    protected AkkaEqualException(SerializationInfo info, StreamingContext context) : base(info.GetString("Message"))
    {
    }
#pragma warning restore SYSLIB0051

    /// <inheritdoc />
    public override string Message => base.Message;

    /// <summary>The failure of two values that differ.</summary>
    public static AkkaEqualException ForMismatchedValues(object expected, object actual, string format = null, params object[] args)
    {
        var hint = Text(format ?? "", args).Trim();
        return new AkkaEqualException("{0}", $"{(hint.Length == 0 ? "" : hint + Environment.NewLine)}Expected: {expected ?? "null"} ({expected?.GetType()}){Environment.NewLine}Actual:   {actual ?? "null"} ({actual?.GetType()})");
    }

    private static string Text(string format, object[] args) => args is { Length: > 0 } ? string.Format(CultureInfo.InvariantCulture, format, args) : format;
}
