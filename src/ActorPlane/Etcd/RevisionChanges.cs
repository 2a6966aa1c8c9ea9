namespace ActorPlane.Etcd;

/// <summary>
/// The changes of one revision so far. A transaction may put a key and delete it again; what a watcher is told as the key
/// before is then, for both changes, what it was before the revision. For a change that creates the key it is nothing,
/// even if the same revision deleted it first (<c>api/v3rpc/watch.go</c>, IsCreateEvent).
/// </summary>
internal sealed class RevisionChanges
{
    private readonly List<EtcdKeyValue> _changes = [];
    private readonly List<EtcdKeyValue?> _before = [];
    private Dictionary<EtcdKey, EtcdKeyValue?>? _beforeByKey;
    private bool _hasPut;
    private bool _hasDelete;

    public int Count => _changes.Count;

    /// <summary>Adds a change; returns what its watchers are told as the key before, given what it was just before the change.</summary>
    public EtcdKeyValue? Add(EtcdKeyValue change, EtcdKeyValue? previous)
    {
        _hasDelete |= change.IsTombstone;
        _hasPut |= !change.IsTombstone;
        // No key is put twice or deleted twice: only both kinds together can meet on one.
        if (_hasPut && _hasDelete && _changes.Count > 0)
        {
            if (_beforeByKey is null)
            {
                _beforeByKey = [];
                for (var i = 0; i < _changes.Count; i++) _beforeByKey.TryAdd(_changes[i].Key, _before[i]);
            }
            if (!_beforeByKey.TryAdd(change.Key, previous)) previous = _beforeByKey[change.Key];
        }
        _changes.Add(change);
        _before.Add(previous);
        return change.Version == 1 ? null : previous;
    }

    public EtcdKeyValue[] ToArray() => _changes.ToArray();

    public void Clear()
    {
        _changes.Clear();
        _before.Clear();
        _beforeByKey = null;
        _hasPut = _hasDelete = false;
    }
}
