namespace ActorPlane.Api;

/// <summary>
/// Changes many members of an object and keeps their order. Names are found by hash: a body of a hundred thousand members must not cost a
/// square of its size.
/// </summary>
internal sealed class JsonObjectBuilder
{
    private readonly List<JsonMember?> _members = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public JsonObjectBuilder(JsonValue start)
    {
        foreach (var (name, value) in start.Members) this[name] = value;
    }

    /// <summary>The value of a member; null removes it or says that it is absent.</summary>
    public JsonValue? this[string name]
    {
        get => _places.TryGetValue(name, out var place) ? _members[place]!.Value.Value : null;
        set
        {
            if (value is null)
            {
                if (_places.Remove(name, out var gone)) _members[gone] = null;
            }
            else if (_places.TryGetValue(name, out var place))
            {
                _members[place] = new JsonMember(name, value);
            }
            else
            {
                _places.Add(name, _members.Count);
                _members.Add(new JsonMember(name, value));
            }
        }
    }

    public JsonValue Build() => JsonValue.WrapObject([.. _members.Where(m => m is not null).Select(m => m!.Value)]);
}
