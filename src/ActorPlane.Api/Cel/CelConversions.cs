using System.Globalization;
using System.Text;
using Error = ActorPlane.Api.Cel.CelValue.Error;

namespace ActorPlane.Api.Cel;

/// <summary>Functions that make a value of one type from one of another. Source: cel-go/common/types (ConvertToType).</summary>
internal static class CelConversions
{
    /// <summary>The converted value; null when the function is no conversion.</summary>
    public static CelValue? Convert(string function, CelValue value) => function switch
    {
        "dyn" => value,
        "type" => new CelValue.TypeValue(value.Type),
        "size" => Size(value),
        "int" => ToInt(value),
        "uint" => ToUint(value),
        "double" => ToDouble(value),
        "bool" => ToBool(value),
        "string" => ToText(value),
        "bytes" => value is CelValue.Text text ? new CelValue.Bytes(Encoding.UTF8.GetBytes(text.Value)) : value is CelValue.Bytes ? value : Error.NoOverload,
        "duration" => ToDuration(value),
        "timestamp" => ToTimestamp(value),
        _ => null,
    };

    /// <summary>Whether a function converts its one argument.</summary>
    public static bool IsConversion(string function) =>
        function is "dyn" or "type" or "int" or "uint" or "double" or "bool" or "string" or "bytes" or "duration" or "timestamp";

    private static CelValue Size(CelValue value) => value switch
    {
        CelValue.Text text => new CelValue.Int(text.Size),
        CelValue.Bytes bytes => new CelValue.Int(bytes.Value.Length),
        CelList list => new CelValue.Int(list.Count),
        CelMap map => new CelValue.Int(map.Count),
        _ => Error.NoOverload,
    };

    private static CelValue ToInt(CelValue value) => value switch
    {
        CelValue.Int => value,
        CelValue.Uint number => number.Value > long.MaxValue ? Error.Overflow : new CelValue.Int((long)number.Value),
        CelValue.Double number => number.Value is > -9223372036854775808d and < 9223372036854775808d ? new CelValue.Int((long)number.Value) : Error.Overflow,
        CelValue.Text text => long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new CelValue.Int(number) : Wrong(value, "int"),
        CelValue.Timestamp time => new CelValue.Int((long)CelTime.FloorDivide(time.Nanos, CelTime.Second)),
        CelValue.Duration duration => new CelValue.Int(duration.Nanos),
        _ => Error.NoOverload,
    };

    private static CelValue ToUint(CelValue value) => value switch
    {
        CelValue.Uint => value,
        CelValue.Int number => number.Value < 0 ? Error.UnsignedOverflow : new CelValue.Uint((ulong)number.Value),
        CelValue.Double number => number.Value is > -1 and < 18446744073709551616d ? new CelValue.Uint((ulong)number.Value) : Error.UnsignedOverflow,
        CelValue.Text text => ulong.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new CelValue.Uint(number) : Wrong(value, "uint"),
        _ => Error.NoOverload,
    };

    private static CelValue ToDouble(CelValue value) => value switch
    {
        CelValue.Double => value,
        CelValue.Int number => new CelValue.Double(number.Value),
        CelValue.Uint number => new CelValue.Double(number.Value),
        CelValue.Text text => ParseDouble(text.Value) is { } number ? new CelValue.Double(number) : Wrong(value, "double"),
        _ => Error.NoOverload,
    };

    private static double? ParseDouble(string text)
    {
        switch (text.TrimStart('+', '-').ToLowerInvariant())
        {
            case "inf" or "infinity": return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            case "nan": return double.NaN;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    private static CelValue ToBool(CelValue value) => value switch
    {
        CelValue.Bool => value,
        CelValue.Text { Value: "1" or "t" or "T" or "true" or "TRUE" or "True" } => CelValue.Bool.True,
        CelValue.Text { Value: "0" or "f" or "F" or "false" or "FALSE" or "False" } => CelValue.Bool.False,
        CelValue.Text => Wrong(value, "bool"),
        _ => Error.NoOverload,
    };

    private static CelValue ToText(CelValue value) => value switch
    {
        CelValue.Text => value,
        CelValue.Bool flag => new CelValue.Text(flag.Value ? "true" : "false"),
        CelValue.Int or CelValue.Uint or CelValue.Double or CelValue.Duration or CelValue.Timestamp or CelValue.Ip or CelValue.Cidr => new CelValue.Text(CelText.Show(value)),
        CelValue.Bytes bytes => bytes.AsText() is { } text ? new CelValue.Text(text) : new Error("invalid UTF-8 in bytes, cannot convert to string"),
        _ => Error.NoOverload,
    };

    private static CelValue ToDuration(CelValue value) => value switch
    {
        CelValue.Duration => value,
        CelValue.Int number => new CelValue.Duration(number.Value),
        CelValue.Text text => CelTime.TryDuration(text.Value, out var nanos) ? new CelValue.Duration(nanos) : Wrong(value, "google.protobuf.Duration"),
        _ => Error.NoOverload,
    };

    private static CelValue ToTimestamp(CelValue value) => value switch
    {
        CelValue.Timestamp => value,
        CelValue.Int number => CelTime.Timestamp((Int128)number.Value * CelTime.Second),
        CelValue.Text text => CelTime.TryTimestamp(text.Value, out var nanos, out var offset) ? CelTime.Timestamp(nanos, offset) : Wrong(value, "google.protobuf.Timestamp"),
        _ => Error.NoOverload,
    };

    private static Error Wrong(CelValue value, string wanted) => new($"type conversion error from '{value.Type.Name}' to '{wanted}'");
}
