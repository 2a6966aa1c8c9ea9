using System.Globalization;
using System.Text;

namespace ActorPlane.Api;

/// <summary>
/// Where a decoder stands and what it found: unknown and doubled fields are gathered, a value of a wrong type throws. Both in the real
/// server's words. Source: sigs.k8s.io/json, apimachinery/pkg/runtime/serializer/json.
/// </summary>
public sealed class DecodeContext
{
    private const int MostErrors = 100;
    private readonly List<string>? _strictErrors;
    private readonly string _rootType;
    private Step[] _steps = new Step[16];
    private int _depth;

    /// <param name="strict">Whether unknown and doubled fields are gathered.</param>
    /// <param name="rootType">Go's name of the outermost type, for errors.</param>
    internal DecodeContext(bool strict, string rootType)
    {
        _strictErrors = strict ? [] : null;
        _rootType = rootType;
    }

    /// <summary>What strict decoding found: <c>unknown field "spec.x"</c>, <c>duplicate field "metadata.name"</c>.</summary>
    public IReadOnlyList<string> StrictErrors => (IReadOnlyList<string>?)_strictErrors ?? [];

    internal bool Strict => _strictErrors is not null;

    internal void Enter(string name, string? ownerType)
    {
        if (_depth == _steps.Length) Array.Resize(ref _steps, _depth * 2);
        _steps[_depth++] = new Step(name, ownerType, -1);
    }

    internal void EnterItem(int index)
    {
        if (_depth == _steps.Length) Array.Resize(ref _steps, _depth * 2);
        _steps[_depth++] = new Step(null, null, index);
    }

    internal void SetItem(int index) => _steps[_depth - 1] = new Step(null, null, index);

    internal void Leave() => _depth--;

    internal void Unknown(string name) => AddStrict("unknown", name);

    internal void Duplicate(string name) => AddStrict("duplicate", name);

    /// <summary>The error of a value that does not fit its type.</summary>
    internal DecodeException WrongType(string found, string goType)
    {
        // Go names the innermost struct, then all field names from the outermost one on, without indexes and keys of maps.
        var path = new StringBuilder();
        var owner = _rootType;
        for (var i = 0; i < _depth; i++)
        {
            if (_steps[i] is not { Name: { } name, Owner: { } type }) continue;
            if (path.Length > 0) path.Append('.');
            path.Append(name);
            owner = type;
        }

        var where = path.Length == 0 ? "value" : $"struct field {owner}.{path}";
        return new DecodeException($"json: cannot unmarshal {found} into Go {where} of type {goType}") { WantedType = goType, FoundType = found.Split(' ')[0] };
    }

    /// <summary>Where the decoder stands, such as <c>spec.containers[0].image</c>; empty at the top.</summary>
    internal string Path()
    {
        var path = new StringBuilder();
        for (var i = 0; i < _depth; i++)
        {
            if (_steps[i].Name is { } step)
            {
                if (path.Length > 0) path.Append('.');
                path.Append(step);
            }
            else
            {
                path.Append('[').Append(_steps[i].Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }

        return path.ToString();
    }

    private void AddStrict(string what, string name)
    {
        if (_strictErrors is null || _strictErrors.Count >= MostErrors) return;
        var path = Path();
        _strictErrors.Add($"{what} field \"{path}{(path.Length > 0 ? "." : "")}{name}\"");
    }

    // A field (name and owner), a map's key (name only) or a place in a list.
    private readonly record struct Step(string? Name, string? Owner, int Index);
}
