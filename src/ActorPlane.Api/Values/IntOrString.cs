using System.Globalization;

namespace ActorPlane.Api;

/// <summary>
/// A number or a text: ports by number or name, amounts by number or percentage.
/// Source: staging/src/k8s.io/apimachinery/pkg/util/intstr/intstr.go.
/// </summary>
public readonly struct IntOrString : IEquatable<IntOrString>
{
    private readonly string? _text;
    private readonly int _number;

    private IntOrString(int number, string? text)
    {
        _number = number;
        _text = text;
    }

    /// <summary>The number.</summary>
    public static IntOrString FromInt(int number) => new(number, null);

    /// <summary>The text.</summary>
    public static IntOrString FromString(string text) => new(0, text);

    /// <summary>Whether it is a text.</summary>
    public bool IsString => _text is not null;

    /// <summary>The number; 0 of a text.</summary>
    public int IntValue => _number;

    /// <summary>The text; empty of a number.</summary>
    public string StringValue => _text ?? "";

    /// <summary>
    /// The amount: the number itself, or the percentage of a total, rounded up or down. False when the text is not a percentage.
    /// Source: intstr.go GetScaledValueFromIntOrPercent.
    /// </summary>
    public bool TryScale(int total, bool roundUp, out int amount)
    {
        amount = _number;
        if (_text is null) return true;
        if (!_text.EndsWith('%')
            || !int.TryParse(_text.AsSpan(0, _text.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var percent))
        {
            return false;
        }

        var product = (long)percent * total;
        amount = (int)(roundUp ? Math.Ceiling(product / 100m) : Math.Floor(product / 100m));
        return true;
    }

    /// <summary>A number is never ambiguous.</summary>
    public static implicit operator IntOrString(int number) => FromInt(number);

    /// <summary>A text is never ambiguous.</summary>
    public static implicit operator IntOrString(string text) => FromString(text);

    /// <inheritdoc/>
    public bool Equals(IntOrString other) => _number == other._number && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IntOrString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_number, _text);

    /// <inheritdoc/>
    public override string ToString() => _text ?? _number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Value equality.</summary>
    public static bool operator ==(IntOrString left, IntOrString right) => left.Equals(right);

    /// <summary>Value inequality.</summary>
    public static bool operator !=(IntOrString left, IntOrString right) => !left.Equals(right);
}
