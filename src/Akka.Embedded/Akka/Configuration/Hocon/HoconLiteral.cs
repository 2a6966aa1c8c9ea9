namespace Akka.Configuration.Hocon;

/// <summary>Text, quoted or not: numbers, booleans and durations are text until a getter reads them.</summary>
public class HoconLiteral : IHoconElement
{
    /// <summary>The text without its quotes.</summary>
    public string Value { get; set; } = null!;

    /// <inheritdoc />
    public bool IsString() => true;

    /// <inheritdoc />
    public string GetString() => Value;

    /// <inheritdoc />
    public bool IsArray() => false;

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">Always: a literal has no elements.</exception>
    public IList<HoconValue> GetArray() => throw new NotSupportedException("A HOCON literal is not an array.");

    /// <inheritdoc />
    public override string ToString() => Value;
}
