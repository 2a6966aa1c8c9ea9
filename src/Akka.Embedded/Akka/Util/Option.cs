#nullable disable
namespace Akka.Util;

/// <summary>A value that may be absent.</summary>
public readonly struct Option<T>
{
    /// <summary>The absent value.</summary>
    public static readonly Option<T> None;

    private Option(T value, bool hasValue)
    {
        Value = value;
        HasValue = hasValue;
    }

    public bool HasValue { get; }

    public bool IsEmpty => !HasValue;

    /// <summary>The value, or the default of <typeparamref name="T"/> when absent.</summary>
    public T Value { get; }

    public static Option<T> Create(T value) => new(value, true);

    public bool Equals(Option<T> other) =>
        HasValue == other.HasValue && EqualityComparer<T>.Default.Equals(Value, other.Value);

    public override bool Equals(object obj) => obj is Option<T> other && Equals(other);

    public Option<TNew> FlatSelect<TNew>(Func<T, Option<TNew>> mapper) => HasValue ? mapper(Value) : Option<TNew>.None;

    public override int GetHashCode() => HasValue && Value is not null ? Value.GetHashCode() : 0;

    public T GetOrElse(T fallbackValue) => HasValue ? Value : fallbackValue;

    public void OnSuccess(Action<T> action)
    {
        if (HasValue)
            action(Value);
    }

    public Option<TNew> Select<TNew>(Func<T, TNew> selector) =>
        HasValue ? Option<TNew>.Create(selector(Value)) : Option<TNew>.None;

    public override string ToString() => HasValue ? $"Some<{Value}>" : "None";

    public static bool operator ==(Option<T> left, Option<T> right) => left.Equals(right);

    /// <summary>A null becomes the absent value.</summary>
    public static implicit operator Option<T>(T value) => value is null ? None : Create(value);

    public static bool operator !=(Option<T> left, Option<T> right) => !left.Equals(right);
}
