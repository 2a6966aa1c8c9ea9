using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>
/// The value of a key: the pieces that were written one after the other. Text pieces join to a string, arrays to one array;
/// objects were merged when the text was read.
/// </summary>
public class HoconValue : IMightBeAHoconObject
{
    /// <summary>An empty value.</summary>
    public HoconValue() => Values = [];

    /// <summary>A value of given pieces.</summary>
    /// <param name="values">The pieces.</param>
    /// <param name="adoptedFromFallback">Whether it came from a fallback: <see cref="Config.ToString()" /> leaves such values out.</param>
    public HoconValue(List<IHoconElement> values, bool adoptedFromFallback = true)
    {
        Values = values;
        AdoptedFromFallback = adoptedFromFallback;
    }

    /// <summary>Whether there is no piece, or only an object without keys.</summary>
    public bool IsEmpty => Values.Count == 0 || Values[0] is HoconObject { Items.Count: 0 };

    /// <summary>The pieces.</summary>
    public List<IHoconElement> Values { get; private set; }

    internal bool AdoptedFromFallback { get; }

    /// <summary>A configuration in which this value stands at the key.</summary>
    public Config AtKey(string key)
    {
        var root = new HoconObject();
        root.Items.Add(key, this);
        return new Config(new HoconRoot(new HoconValue([root], adoptedFromFallback: false)));
    }

    /// <summary>This value as the root of a configuration.</summary>
    public Config ToConfig() => new(new HoconRoot(this));

    /// <summary>Adds a piece.</summary>
    public void AppendValue(IHoconElement value) => Values.Add(value);

    /// <summary>Removes all pieces.</summary>
    public void Clear() => Values.Clear();

    /// <summary>Replaces all pieces by one.</summary>
    public void NewValue(IHoconElement value)
    {
        Values.Clear();
        Values.Add(value);
    }

    /// <inheritdoc />
    public bool IsObject() => GetObject() != null;

    /// <inheritdoc />
    public HoconObject GetObject() => Values.Count == 0
        ? null!
        : Values[0] switch
        {
            HoconObject own => own,
            IMightBeAHoconObject referred => referred.GetObject(),
            _ => null!
        };

    /// <summary>The value of a key of this object, or <c>null</c> if there is no such key or this is no object.</summary>
    public HoconValue GetChildObject(string key) => GetObject()?.GetKey(key)!;

    /// <summary>Whether there are pieces and all are text.</summary>
    public bool IsString() => Values.Count > 0 && Values.TrueForAll(piece => piece.IsString());

    /// <summary>The joined text without outer white space; <c>null</c> for the word <c>null</c> and for what is not text.</summary>
    public string GetString()
    {
        if (!IsString())
            return null!;
        var text = (Values.Count == 1 ? Values[0].GetString() : string.Concat(Values.Select(piece => piece.GetString())))?.Trim();
        return text == "null" ? null! : text!;
    }

    /// <summary>Whether one of the pieces is an array.</summary>
    public bool IsArray() => Values.Exists(piece => piece.IsArray());

    /// <summary>The elements of all pieces that are arrays; empty if none is.</summary>
    public IList<HoconValue> GetArray() => Values.Where(piece => piece.IsArray()).SelectMany(piece => piece.GetArray()).ToList();

    /// <summary>Reads <c>on</c>, <c>true</c>, <c>yes</c>, <c>off</c>, <c>false</c> or <c>no</c>.</summary>
    /// <exception cref="NotSupportedException">It is none of these.</exception>
    public bool GetBoolean() => GetString() switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        var other => throw new NotSupportedException("Unknown boolean format: " + other)
    };

    /// <summary>Reads a decimal number.</summary>
    public decimal GetDecimal() => decimal.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>Reads a number of single precision.</summary>
    public float GetFloat() => float.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>Reads a number of double precision.</summary>
    public double GetDouble() => double.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>Reads a whole number of 64 bits.</summary>
    public long GetLong() => long.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>Reads a whole number of 32 bits.</summary>
    public int GetInt() => int.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>Reads a whole number of 8 bits.</summary>
    public byte GetByte() => byte.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>Reads every element as a byte.</summary>
    public IList<byte> GetByteList() => ListOf(element => element.GetByte());

    /// <summary>Reads every element as a whole number of 32 bits.</summary>
    public IList<int> GetIntList() => ListOf(element => element.GetInt());

    /// <summary>Reads every element as a whole number of 64 bits.</summary>
    public IList<long> GetLongList() => ListOf(element => element.GetLong());

    /// <summary>Reads every element as a boolean.</summary>
    public IList<bool> GetBooleanList() => ListOf(element => element.GetBoolean());

    /// <summary>Reads every element as a number of single precision.</summary>
    public IList<float> GetFloatList() => ListOf(element => element.GetFloat());

    /// <summary>Reads every element as a number of double precision.</summary>
    public IList<double> GetDoubleList() => ListOf(element => element.GetDouble());

    /// <summary>Reads every element as a decimal number.</summary>
    public IList<decimal> GetDecimalList() => ListOf(element => element.GetDecimal());

    /// <summary>Reads every element as text.</summary>
    public IList<string> GetStringList() => ListOf(element => element.GetString());

    /// <summary>Reads a duration: a number and a unit from nanoseconds to days, milliseconds if there is no unit.</summary>
    /// <param name="allowInfinite">Whether <c>infinite</c> is read as <see cref="Timeout.InfiniteTimeSpan" />.</param>
    /// <exception cref="FormatException">It is no duration, or a negative one.</exception>
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconText.ReadTimeSpan(GetString(), allowInfinite);

    /// <summary>Reads a number of bytes with an optional unit: powers of 1000 (<c>kB</c>) or 1024 (<c>k</c>, <c>KiB</c>).</summary>
    /// <returns>The number, or <c>null</c> if the value is empty.</returns>
    /// <exception cref="FormatException">The unit is not known or the number is none.</exception>
    public long? GetByteSize() => HoconText.ReadByteSize(GetString());

    /// <inheritdoc />
    public override string ToString() => ToString(0);

    /// <summary>The value as HOCON text, each level indented by two spaces.</summary>
    public virtual string ToString(int indent) => Render(indent, includeFallback: false);

    internal string Render(int indent, bool includeFallback)
    {
        if (IsString())
            return HoconText.QuoteValue(GetString());
        if (GetObject() is { } child)
        {
            var fields = child.Render(indent + 1, includeFallback);
            return indent == 0 ? fields : "{\r\n" + fields + new string(' ', indent * 2) + "}";
        }

        return IsArray()
            ? "[" + string.Join(",", GetArray().Select(element => element.Render(indent + 1, includeFallback))) + "]"
            : "<<unknown value>>";
    }

    internal void Replace(List<IHoconElement> values) => Values = values;

    private IList<T> ListOf<T>(Func<HoconValue, T> read)
    {
        var list = new List<T>();
        foreach (var element in GetArray())
            list.Add(read(element));
        return list;
    }
}
