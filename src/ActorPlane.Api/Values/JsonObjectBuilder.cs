namespace ActorPlane.Api;

/// <summary>
/// Changes many members of an object and keeps their order. Names of large objects are found by hash: a body of a hundred thousand
/// members must not cost a square of its size.
/// </summary>
internal sealed class JsonObjectBuilder
{
    private const int MostSearched = 16;
    private readonly List<JsonMember?> _members;
    private Dictionary<string, int>? _places;

    public JsonObjectBuilder(JsonValue start)
    {
        _members = new List<JsonMember?>(start.Members.Length);
        foreach (var (name, value) in start.Members) this[name] = value;
    }

    /// <summary>The value of a member; null removes it or says that it is absent.</summary>
    public JsonValue? this[string name]
    {
        get => PlaceOf(name) is var place && place < 0 ? null : _members[place]!.Value.Value;
        set
        {
            var place = PlaceOf(name);
            if (value is null)
            {
                if (place < 0) return;
                _members[place] = null;
                _places?.Remove(name);
            }
            else if (place >= 0)
            {
                _members[place] = new JsonMember(name, value);
            }
            else
            {
                _places?.Add(name, _members.Count);
                _members.Add(new JsonMember(name, value));
                if (_places is null && _members.Count > MostSearched) Hash();
            }
        }
    }

    public JsonValue Build()
    {
        var count = 0;
        foreach (var member in _members) count += member is null ? 0 : 1;
        var members = new JsonMember[count];
        count = 0;
        foreach (var member in _members)
        {
            if (member is { } present) members[count++] = present;
        }

        return JsonValue.WrapObject(members);
    }

    private int PlaceOf(string name)
    {
        if (_places is not null) return _places.TryGetValue(name, out var place) ? place : -1;
        for (var i = 0; i < _members.Count; i++)
        {
            if (_members[i] is { } member && string.Equals(member.Name, name, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    private void Hash()
    {
        _places = new Dictionary<string, int>(_members.Count * 2, StringComparer.Ordinal);
        for (var i = 0; i < _members.Count; i++)
        {
            if (_members[i] is { } member) _places.Add(member.Name, i);
        }
    }
}
