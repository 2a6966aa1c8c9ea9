namespace Akka.Configuration.Hocon;

/// <summary>A list of values: <c>[1, 2, 3]</c>.</summary>
public class HoconArray : List<HoconValue>, IHoconElement
{
    /// <inheritdoc />
    public bool IsString() => false;

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">Always: an array is not text.</exception>
    public string GetString() => throw new NotSupportedException("A HOCON array is not a string.");

    /// <inheritdoc />
    public bool IsArray() => true;

    /// <inheritdoc />
    public IList<HoconValue> GetArray() => this;

    /// <inheritdoc />
    public override string ToString() => "[" + string.Join(",", this) + "]";
}
