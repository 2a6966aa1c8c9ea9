using Error = ActorPlane.Api.Cel.CelValue.Error;

namespace ActorPlane.Api.Cel;

/// <summary>Amounts of resources. Source: k8s.io/apiserver/pkg/cel/library/quantity.go.</summary>
internal static class CelAmounts
{
    /// <summary>The result of a function of amounts; null when it is another or the arguments do not fit.</summary>
    public static CelValue? Call(string function, CelValue[] args) => (function, args) switch
    {
        ("quantity", [CelValue.Text text]) => Quantity.TryParse(text.Value, out var value, out var error) ? new CelValue.Amount(value) : new Error(error),
        ("isQuantity", [CelValue.Text text]) => CelValue.Bool.Of(Quantity.TryParse(text.Value, out _)),
        ("sign", [CelValue.Amount amount]) => new CelValue.Int(amount.Value.Sign),
        ("isInteger", [CelValue.Amount amount]) => CelValue.Bool.Of(IsWhole(amount.Value)),
        ("asInteger", [CelValue.Amount amount]) => IsWhole(amount.Value) ? new CelValue.Int(amount.Value.Value) : new Error("cannot convert value to integer"),
        ("asApproximateFloat", [CelValue.Amount amount]) => new CelValue.Double(amount.Value.AsDouble),
        ("isGreaterThan", [CelValue.Amount a, CelValue.Amount b]) => CelValue.Bool.Of(a.Value > b.Value),
        ("isLessThan", [CelValue.Amount a, CelValue.Amount b]) => CelValue.Bool.Of(a.Value < b.Value),
        ("compareTo", [CelValue.Amount a, CelValue.Amount b]) => new CelValue.Int(a.Value.Cmp(b.Value)),
        ("add", [CelValue.Amount a, CelValue.Amount b]) => new CelValue.Amount(a.Value + b.Value),
        ("add", [CelValue.Amount a, CelValue.Int b]) => new CelValue.Amount(a.Value + Quantity.FromInt64(b.Value)),
        ("sub", [CelValue.Amount a, CelValue.Amount b]) => new CelValue.Amount(a.Value - b.Value),
        ("sub", [CelValue.Amount a, CelValue.Int b]) => new CelValue.Amount(a.Value - Quantity.FromInt64(b.Value)),
        _ => null,
    };

    private static bool IsWhole(Quantity value) => Quantity.FromInt64(value.Value) == value;
}
