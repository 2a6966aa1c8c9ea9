namespace ActorPlane.ControllerManager;

/// <summary>
/// What a controller has ordered and not yet seen arrive: without it, a reconcile between the order and its
/// notification would order again. A record that is not fulfilled in time no longer counts, so that a lost
/// notification cannot block a key for ever. (<c>pkg/controller/controller_utils.go</c>, UIDTrackingControllerExpectations.)
/// </summary>
/// <param name="timeout">How long an order may stay unseen; 5 min in Kubernetes.</param>
public sealed class Expectations<TKey>(TimeSpan timeout)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Expected> _byKey = [];

    /// <summary>From now on, <paramref name="count"/> creations are expected and nothing else.</summary>
    public void ExpectCreations(TKey key, int count, DateTimeOffset now) => _byKey[key] = new Expected(now) { Creations = count };

    /// <summary>From now on, the deletion of these uids is expected and nothing else.</summary>
    public void ExpectDeletions(TKey key, IEnumerable<string> uids, DateTimeOffset now)
    {
        var expected = new Expected(now);
        expected.Deletions.UnionWith(uids);
        _byKey[key] = expected;
    }

    /// <summary>One ordered creation was seen, or will never happen.</summary>
    public void CreationObserved(TKey key) => LowerCreations(key, 1);

    /// <summary><paramref name="count"/> ordered creations will never happen.</summary>
    public void LowerCreations(TKey key, int count)
    {
        if (_byKey.TryGetValue(key, out var expected)) expected.Creations -= count;
    }

    /// <summary>The ordered deletion of this uid was seen, or will never happen.</summary>
    public void DeletionObserved(TKey key, string uid)
    {
        if (_byKey.TryGetValue(key, out var expected)) expected.Deletions.Remove(uid);
    }

    /// <summary>True when nothing is outstanding for the key, or has been for too long.</summary>
    public bool AreSatisfied(TKey key, DateTimeOffset now) =>
        !_byKey.TryGetValue(key, out var expected)
        || (expected.Creations <= 0 && expected.Deletions.Count == 0)
        || now - expected.Since > timeout;

    /// <summary>Forgets the key.</summary>
    public void Forget(TKey key) => _byKey.Remove(key);

    private sealed class Expected(DateTimeOffset since)
    {
        public DateTimeOffset Since { get; } = since;

        public int Creations { get; set; }

        public HashSet<string> Deletions { get; } = new(StringComparer.Ordinal);
    }
}
