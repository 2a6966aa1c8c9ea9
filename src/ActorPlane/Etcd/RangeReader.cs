namespace ActorPlane.Etcd;

/// <summary>Reads a range from a tree with etcd's filters, sorting and limit (<c>etcdserver/apply.go</c>, Range).</summary>
internal static class RangeReader
{
    public static EtcdResult.Range Read(EtcdTree tree, EtcdOp.Range range)
    {
        var count = tree.CountIn(range.Keys);
        if (range.CountOnly) return new EtcdResult.Range([], false, count);
        var filters = range.MinModRevision > 0 || range.MaxModRevision > 0
            || range.MinCreateRevision > 0 || range.MaxCreateRevision > 0;
        // Where sorting or filtering decides what the limit keeps, everything has to be looked at first.
        var looksAtAll = range.SortOrder != EtcdSortOrder.None || filters;
        var most = looksAtAll || range.Limit <= 0 ? 0 : range.Limit + 1;
        var found = new List<EtcdKeyValue>(most > 0 ? (int)Math.Min(most, count) : count);
        tree.CopyTo(found, range.Keys, most);
        if (filters) found.RemoveAll(keyValue => IsFilteredOut(keyValue, range));
        Sort(found, range);
        var more = range.Limit > 0 && found.Count > range.Limit;
        if (more) found.RemoveRange((int)range.Limit, found.Count - (int)range.Limit);
        if (range.KeysOnly)
            for (var i = 0; i < found.Count; i++) found[i] = found[i].WithoutValue();
        return new EtcdResult.Range(found, more, count);
    }

    private static bool IsFilteredOut(EtcdKeyValue keyValue, EtcdOp.Range range) =>
        (range.MinModRevision > 0 && keyValue.ModRevision < range.MinModRevision)
        || (range.MaxModRevision > 0 && keyValue.ModRevision > range.MaxModRevision)
        || (range.MinCreateRevision > 0 && keyValue.CreateRevision < range.MinCreateRevision)
        || (range.MaxCreateRevision > 0 && keyValue.CreateRevision > range.MaxCreateRevision);

    private static void Sort(List<EtcdKeyValue> found, EtcdOp.Range range)
    {
        var descending = range.SortOrder == EtcdSortOrder.Descending;
        if (range.SortBy == EtcdSortTarget.Key)
        {
            if (descending) found.Reverse();
            return;
        }
        // etcd sorts by anything but the key ascending unless told otherwise. Equal ones are ordered by key.
        found.Sort((left, right) =>
        {
            var order = range.SortBy switch
            {
                EtcdSortTarget.Version => left.Version.CompareTo(right.Version),
                EtcdSortTarget.CreateRevision => left.CreateRevision.CompareTo(right.CreateRevision),
                EtcdSortTarget.ModRevision => left.ModRevision.CompareTo(right.ModRevision),
                EtcdSortTarget.Value => left.Value.CompareTo(right.Value),
                _ => 0,
            };
            if (order == 0) return left.Key.CompareTo(right.Key);
            return descending ? -order : order;
        });
    }
}
