namespace ActorPlane.Etcd;

/// <summary>What of a request can be refused without looking at the store (<c>etcdserver/api/v3rpc/key.go</c>).</summary>
internal static class RequestCheck
{
    /// <summary>Why the request is refused, or null if it is not.</summary>
    public static EtcdError? Check(EtcdOp op, StoreLimits limits)
    {
        if (CheckForm(op, limits.MaxTxnOps) is { } malformed) return malformed;
        if (op is EtcdOp.Txn txn)
        {
            if (!IsSimple(txn.Then) && !new TouchedKeys().TryAdd(txn.Then)) return EtcdError.DuplicateKey;
            if (!IsSimple(txn.Else) && !new TouchedKeys().TryAdd(txn.Else)) return EtcdError.DuplicateKey;
        }
        return SizeOf(op) > limits.MaxRequestBytes ? EtcdError.RequestTooLarge : null;
    }

    /// <summary>No operation, or one on keys: nothing that could meet itself. All that an API server ever sends.</summary>
    private static bool IsSimple(IReadOnlyList<EtcdOp> ops) => ops.Count == 0 || (ops.Count == 1 && ops[0] is not EtcdOp.Txn);

    private static EtcdError? CheckForm(EtcdOp op, int opsLeft)
    {
        switch (op)
        {
            case EtcdOp.Put put:
                if (put.Key.IsEmpty) return EtcdError.EmptyKey;
                if (put.IgnoreValue && put.Value.KnownLength != 0) return EtcdError.ValueProvided;
                return put.IgnoreLease && put.LeaseId != 0 ? EtcdError.LeaseProvided : null;
            case EtcdOp.DeleteRange delete:
                return delete.Keys.Start.IsEmpty ? EtcdError.EmptyKey : null;
            case EtcdOp.Range range:
                return range.Keys.Start.IsEmpty ? EtcdError.EmptyKey : null;
            case EtcdOp.Txn txn:
                return CheckTxn(txn, opsLeft);
            default:
                throw new ArgumentOutOfRangeException(nameof(op), op, "unknown operation");
        }
    }

    private static EtcdError? CheckTxn(EtcdOp.Txn txn, int opsLeft)
    {
        var most = Math.Max(txn.Compares.Count, Math.Max(txn.Then.Count, txn.Else.Count));
        if (most > opsLeft) return EtcdError.TooManyOps;
        // By index, here and in what else every write passes: enumerating an interface costs an object.
        for (var i = 0; i < txn.Compares.Count; i++)
            if (txn.Compares[i].Keys.Start.IsEmpty) return EtcdError.EmptyKey;
        for (var i = 0; i < txn.Then.Count; i++)
            if (CheckForm(txn.Then[i], opsLeft - most) is { } error) return error;
        for (var i = 0; i < txn.Else.Count; i++)
            if (CheckForm(txn.Else[i], opsLeft - most) is { } error) return error;
        return null;
    }

    private static long SizeOf(EtcdOp op)
    {
        switch (op)
        {
            case EtcdOp.Put put:
                return put.Key.Length + (put.Value.KnownLength ?? 0);
            case EtcdOp.DeleteRange delete:
                return delete.Keys.Start.Length + delete.Keys.End.Length;
            case EtcdOp.Txn txn:
                long size = 0;
                for (var i = 0; i < txn.Compares.Count; i++)
                    size += txn.Compares[i].Keys.Start.Length + txn.Compares[i].Keys.End.Length + (txn.Compares[i].Value.KnownLength ?? 0);
                for (var i = 0; i < txn.Then.Count; i++) size += SizeOf(txn.Then[i]);
                for (var i = 0; i < txn.Else.Count; i++) size += SizeOf(txn.Else[i]);
                return size;
            default:
                return 0;
        }
    }

    /// <summary>The keys that the operations of one branch put, and the ranges that they delete.</summary>
    private sealed class TouchedKeys
    {
        private readonly SortedSet<EtcdKey> _puts = [];
        private readonly List<EtcdKeyRange> _deletes = [];

        /// <summary>False if a key would be put twice, or put and deleted, in one revision.</summary>
        public bool TryAdd(IReadOnlyList<EtcdOp> ops)
        {
            if (IsSimple(ops)) return true;
            foreach (var op in ops)
                if (op is EtcdOp.DeleteRange delete) _deletes.Add(delete.Keys);
            foreach (var op in ops)
                if (op is EtcdOp.Txn txn && !TryAdd(txn)) return false;
            foreach (var op in ops)
                if (op is EtcdOp.Put put && !TryPut(put.Key)) return false;
            return true;
        }

        private bool TryAdd(EtcdOp.Txn txn)
        {
            var then = new TouchedKeys();
            var @else = new TouchedKeys();
            if (!then.TryAddAll(txn.Then) || !@else.TryAddAll(txn.Else)) return false;
            foreach (var key in then._puts)
                if (!TryPut(key)) return false;
            foreach (var key in @else._puts)
            {
                // Only one branch is ever taken: the same key in both is no conflict.
                if (then._puts.Contains(key)) continue;
                if (!TryPut(key)) return false;
            }
            _deletes.AddRange(then._deletes);
            _deletes.AddRange(@else._deletes);
            return true;
        }

        /// <summary>As <see cref="TryAdd(IReadOnlyList{EtcdOp})"/>, but a single operation counts, too: it meets those of the level above.</summary>
        private bool TryAddAll(IReadOnlyList<EtcdOp> ops)
        {
            if (ops.Count == 1 && ops[0] is EtcdOp.Put put) return TryPut(put.Key);
            if (ops.Count == 1 && ops[0] is EtcdOp.DeleteRange delete)
            {
                _deletes.Add(delete.Keys);
                return true;
            }
            return TryAdd(ops);
        }

        private bool TryPut(EtcdKey key)
        {
            // etcd does not see that a deletion without end meets a put (the interval that it makes of it is empty).
            foreach (var range in _deletes)
                if (!range.IsUnbounded && range.Contains(key)) return false;
            return _puts.Add(key);
        }
    }
}
