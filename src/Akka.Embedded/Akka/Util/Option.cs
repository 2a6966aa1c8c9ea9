#nullable disable
namespace Akka.Util;

/// <summary>A value that may be absent.</summary>
public readonly struct Option<T>
{
    /// <summary>The absent value.</summary>
    public static readonly Option<T> None;

    /// <exception cref="ArgumentNullException">A null is no value.</exception>
    [Obsolete("Use Option<T>.Create() instead")]
    public Option(T value)
    {
        if (value is null)
            throw new ArgumentNullException(nameof(value), "An option has no null value: use None, or Create, which makes None of null.");
        Value = value;
        HasValue = true;
    }

    public bool HasValue { get; }

    public bool IsEmpty => !HasValue;

    /// <summary>The value, or the default of <typeparamref name="T"/> when absent.</summary>
    public T Value { get; }

    /// <summary>A null becomes the absent value.</summary>
#pragma warning disable CS0618 // The constructor is for others obsolete.
    public static Option<T> Create(T value) => value is null ? None : new Option<T>(value);
#pragma warning restore CS0618

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
    public static implicit operator Option<T>(T value) => Create(value);

    public static bool operator !=(Option<T> left, Option<T> right) => !left.Equals(right);
}
