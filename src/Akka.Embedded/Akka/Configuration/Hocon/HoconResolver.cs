namespace Akka.Configuration.Hocon;

/// <summary>Replaces the references of a text by what they refer to, once the whole text has been read.</summary>
internal sealed class HoconResolver(Func<string, int, ConfigurationException> error)
{
    private readonly List<HoconSubstitution> _substitutions = [];
    private readonly Dictionary<HoconValue, Holder> _holders = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<HoconValue> _inProgress = new(ReferenceEqualityComparer.Instance);
    private HoconValue _root = null!;

    /// <summary>A value with references in it, the field that it belongs to, and what that field meant before.</summary>
    private sealed record Holder(HoconObject? Owner, string? Key, HoconValue? Earlier);

    /// <summary>Notes a reference that was read.</summary>
    internal void Add(HoconSubstitution substitution) => _substitutions.Add(substitution);

    /// <summary>Notes a field whose value contains references.</summary>
    internal void HoldsReference(HoconValue value, HoconObject owner, string key, HoconValue? earlier) => _holders[value] = new Holder(owner, key, earlier);

    /// <summary>Notes a field whose value is a reference and gets more fields: what it meant before still counts.</summary>
    internal void MergesIntoReference(HoconValue value, HoconObject owner, string key) =>
        _holders.TryAdd(value, new Holder(owner, key, null));

    /// <summary>Notes an element of an array if it contains references.</summary>
    internal void Element(HoconValue element)
    {
        if (element.Values.Exists(piece => piece is HoconSubstitution))
            _holders[element] = new Holder(null, null, null);
    }

    internal HoconRoot Resolve(HoconObject root)
    {
        _root = new HoconValue([root], adoptedFromFallback: false);
        if (_substitutions.Count == 0)
            return new HoconRoot(_root);
        foreach (var value in _holders.Keys.ToList())
            Settle(value);
        RemoveUndefinedElements(_root);
        return new HoconRoot(_root, _substitutions);
    }

    /// <summary>The value at a dotted path below another one, or <c>null</c>.</summary>
    internal static HoconValue? Find(HoconValue? from, string path)
    {
        foreach (var key in HoconText.SplitPath(path))
            from = from?.GetChildObject(key);
        return from;
    }

    /// <summary>Replaces the references in one value by what they refer to.</summary>
    private void Settle(HoconValue value)
    {
        if (!_holders.TryGetValue(value, out var holder))
            return;
        if (!_inProgress.Add(value))
            throw CycleError(value);

        var pieces = new List<IHoconElement>();
        var undefined = false;
        foreach (var piece in value.Values)
        {
            if (piece is not HoconSubstitution reference)
            {
                pieces.Add(piece);
                continue;
            }

            var target = Target(reference);
            if (target == null && !reference.IsOptional)
                throw error("Unresolved substitution: ${" + reference.Path + "}", reference.Position);
            reference.ResolvedValue = target!;
            if (target == null)
                undefined = true;
            else
                pieces.AddRange(target.Values);
        }

        if (undefined && pieces.TrueForAll(piece => piece is HoconLiteral literal && string.IsNullOrWhiteSpace(literal.Value)))
        {
            // Nothing but what stood between references that lead nowhere: the field stays as it was before.
            pieces = [];
            if (holder.Earlier != null)
            {
                Settle(holder.Earlier);
                pieces = [.. holder.Earlier.Values];
            }
        }

        value.Replace(Joined(pieces));
        _inProgress.Remove(value);
        _holders.Remove(value);
        if (value.Values.Count == 0 && holder.Owner != null && ReferenceEquals(holder.Owner.GetKey(holder.Key!), value))
            holder.Owner.Items.Remove(holder.Key!);
    }

    private HoconValue? Target(HoconSubstitution reference)
    {
        if (reference.IsSelfReference)
        {
            if (reference.EarlierSelf == null)
                return null;
            // What the field meant before may hold references of its own, but is no longer part of the tree.
            if (reference.EarlierSelf.Values.Exists(piece => piece is HoconSubstitution))
                _holders.TryAdd(reference.EarlierSelf, new Holder(null, null, null));
            Settle(reference.EarlierSelf);
            return reference.EarlierSelf.Values.Count == 0 ? null : reference.EarlierSelf;
        }

        var at = _root;
        foreach (var key in HoconText.SplitPath(reference.Path))
        {
            Settle(at);
            at = at.GetChildObject(key);
            if (at == null)
                return null;
        }

        Settle(at);
        return at.Values.Count == 0 ? null : at;
    }

    /// <summary>Objects that follow each other merge, the later one wins. Whatever is not an object ends what stood before an object.</summary>
    private static List<IHoconElement> Joined(List<IHoconElement> pieces)
    {
        if (!pieces.Exists(piece => piece is HoconObject))
            return pieces;
        if (pieces[^1] is not HoconObject merged)
            return [pieces[^1]];
        for (var i = pieces.Count - 2; i >= 0 && pieces[i] is HoconObject earlier; i--)
            merged = HoconObject.OverriddenBy(earlier, merged);
        return [merged];
    }

    private static void RemoveUndefinedElements(HoconValue value)
    {
        foreach (var piece in value.Values)
        {
            switch (piece)
            {
                case HoconArray array:
                    array.RemoveAll(element => element.Values.Count == 0);
                    array.ForEach(RemoveUndefinedElements);
                    break;
                case HoconObject fields:
                    foreach (var field in fields.Items.Values)
                        RemoveUndefinedElements(field);
                    break;
            }
        }
    }

    private ConfigurationException CycleError(HoconValue value)
    {
        var reference = value.Values.OfType<HoconSubstitution>().First();
        return error("The substitution ${" + reference.Path + "} leads back to itself", reference.Position);
    }
}
