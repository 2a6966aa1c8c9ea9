using System.Globalization;

namespace ActorPlane.Api.Cel;

/// <summary>
/// Which types go where another is asked for, and what the variables of declarations stand for. Source: cel-go/checker/types.go.
/// </summary>
internal sealed class CelUnifier
{
    private readonly Dictionary<string, CelType> _known = new(StringComparer.Ordinal);

    // What was known of a variable before, for each time that more was learnt: to forget it again.
    private readonly Stack<(string Name, CelType? Before)> _learnt = [];
    private int _fresh;

    /// <summary>A variable that nothing is known of yet.</summary>
    public CelType NewVariable() => CelType.Parameter(string.Create(CultureInfo.InvariantCulture, $"_var{_fresh++}"));

    /// <summary>Whether each of these types goes where the other is asked for. What that says of variables is kept if so.</summary>
    public bool AreAssignable(ReadOnlySpan<CelType> given, ReadOnlySpan<CelType> wanted)
    {
        if (given.Length != wanted.Length) return false;
        _learnt.Clear();
        for (var i = 0; i < given.Length; i++)
        {
            if (Unify(given[i], wanted[i])) continue;
            while (_learnt.TryPop(out var entry))
            {
                if (entry.Before is null) _known.Remove(entry.Name);
                else _known[entry.Name] = entry.Before;
            }

            return false;
        }

        return true;
    }

    /// <summary>Whether a type goes where the other is asked for.</summary>
    public bool IsAssignable(CelType given, CelType wanted) => AreAssignable([given], [wanted]);

    /// <summary>The type with what is known of its variables.</summary>
    /// <param name="unknownIsDyn">Whether variables of which nothing is known become dyn.</param>
    public CelType Resolve(CelType type, bool unknownIsDyn)
    {
        if (type.Kind == CelTypeKind.Parameter) return _known.TryGetValue(type.Name, out var known) ? Resolve(known, unknownIsDyn) : unknownIsDyn ? CelType.Dyn : type;
        return type.Parameters.Length == 0 ? type : type.With(Array.ConvertAll(type.Parameters, parameter => Resolve(parameter, unknownIsDyn)));
    }

    /// <summary>An overload with variables of its own.</summary>
    public (CelType[] Parameters, CelType Result) Instantiate(CelOverload overload)
    {
        var names = new Dictionary<string, CelType>(StringComparer.Ordinal);
        return (Array.ConvertAll(overload.Parameters, Rename), Rename(overload.Result));

        CelType Rename(CelType type)
        {
            if (type.Kind != CelTypeKind.Parameter) return type.Parameters.Length == 0 ? type : type.With(Array.ConvertAll(type.Parameters, Rename));
            if (!names.TryGetValue(type.Name, out var fresh)) names[type.Name] = fresh = NewVariable();
            return fresh;
        }
    }

    /// <summary>Of two types that go together the one that says less.</summary>
    public static CelType MostGeneral(CelType left, CelType right) => SaysNoMore(left, right) ? left : right;

    private static bool SaysNoMore(CelType left, CelType right)
    {
        if (left.Kind is CelTypeKind.Dyn or CelTypeKind.Parameter) return true;
        if (right.Kind is CelTypeKind.Dyn or CelTypeKind.Parameter || left.Kind != right.Kind) return false;
        if (left.Kind == CelTypeKind.Type) return true;
        if (left.Name != right.Name || left.Parameters.Length != right.Parameters.Length) return false;
        for (var i = 0; i < left.Parameters.Length; i++)
        {
            if (!SaysNoMore(left.Parameters[i], right.Parameters[i])) return false;
        }

        return true;
    }

    private bool Unify(CelType given, CelType wanted)
    {
        if (wanted.Kind == CelTypeKind.Parameter)
        {
            var (isValid, isKnown) = Bind(given, wanted);
            if (isValid) return true;
            if (isKnown) return false;
        }

        if (given.Kind == CelTypeKind.Parameter) return Bind(wanted, given).IsValid;
        if (given.IsDynOrError || wanted.IsDynOrError) return true;
        if (given.Kind == CelTypeKind.Null) return TakesNull(wanted);
        if (wanted.Kind == CelTypeKind.Null) return TakesNull(given);
        if (given.Kind == CelTypeKind.Type) return wanted.Kind == CelTypeKind.Type;
        if (given.Kind != wanted.Kind || given.Name != wanted.Name || given.Parameters.Length != wanted.Parameters.Length) return false;
        for (var i = 0; i < given.Parameters.Length; i++)
        {
            if (!Unify(given.Parameters[i], wanted.Parameters[i])) return false;
        }

        return true;
    }

    private static bool TakesNull(CelType type) => type.Kind is CelTypeKind.Null or CelTypeKind.Object or CelTypeKind.Opaque or CelTypeKind.Duration or CelTypeKind.Timestamp;

    // Whether a variable may stand for a type, and whether something was known of it.
    private (bool IsValid, bool IsKnown) Bind(CelType type, CelType variable)
    {
        if (type.Kind == CelTypeKind.Parameter && type.Name == variable.Name) return (true, true);
        if (_known.TryGetValue(variable.Name, out var known))
        {
            if (type.IsSame(known)) return (true, true);
            if (!Unify(type, known)) return (false, true);
            var general = MostGeneral(type, known);
            if (!Mentions(general, variable)) Learn(variable, general);
            return (true, true);
        }

        if (Mentions(type, variable)) return (false, false);
        Learn(variable, type);
        return (true, false);
    }

    private void Learn(CelType variable, CelType type)
    {
        _learnt.Push((variable.Name, _known.GetValueOrDefault(variable.Name)));
        _known[variable.Name] = type;
    }

    private bool Mentions(CelType type, CelType variable)
    {
        if (type.Kind != CelTypeKind.Parameter) return Array.Exists(type.Parameters, parameter => Mentions(parameter, variable));
        return type.Name == variable.Name || (_known.TryGetValue(type.Name, out var known) && Mentions(known, variable));
    }
}
