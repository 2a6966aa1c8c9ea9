namespace ActorPlane.Host.Tests.EtcdWire;

/// <summary>What a client did to one key, and what it was told.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Expected">The value that a compare-and-set expects.</param>
/// <param name="Value">The value written, or the one read; null: there was none.</param>
/// <param name="Succeeded">Whether a compare-and-set succeeded.</param>
/// <param name="IsKnown">False if no answer came: the operation may have happened at any time since, or never.</param>
/// <param name="Called">A number that grows through the history: the operation began.</param>
/// <param name="Returned">The same: it ended.</param>
public sealed record RegisterOp(RegisterOpKind Kind, string? Expected, string? Value, bool Succeeded, bool IsKnown, long Called, long Returned);

public enum RegisterOpKind
{
    Get,
    Put,
    CompareAndSet,
}

/// <summary>
/// Is there one order of the operations on a key, each at some moment between its call and its return, in which a plain
/// register would have answered the same? The search of Wing and Gong (1993) with Lowe's memory of what was tried (2017).
/// </summary>
public static class Linearizability
{
    public static bool Holds(IReadOnlyCollection<RegisterOp> history, string? initial = null)
    {
        var ops = history.OrderBy(op => op.Called).ToArray();
        return Search(ops, new bool[ops.Length], ops.Count(op => op.IsKnown), initial, []);
    }

    private static bool Search(RegisterOp[] ops, bool[] done, int left, string? state, HashSet<string> tried)
    {
        if (left == 0) return true;
        if (!tried.Add(string.Concat(done.Select(isDone => isDone ? '1' : '0')) + state)) return false;
        // Only what was called before the first open operation returned can come next.
        var firstReturn = long.MaxValue;
        for (var i = 0; i < ops.Length; i++)
            if (!done[i] && ops[i].IsKnown) firstReturn = Math.Min(firstReturn, ops[i].Returned);
        for (var i = 0; i < ops.Length && ops[i].Called < firstReturn; i++)
        {
            if (done[i] || !TryApply(ops[i], state, out var next)) continue;
            // What may never have happened is only worth a try if it changes something.
            if (!ops[i].IsKnown && next == state) continue;
            done[i] = true;
            if (Search(ops, done, ops[i].IsKnown ? left - 1 : left, next, tried)) return true;
            done[i] = false;
        }
        return false;
    }

    private static bool TryApply(RegisterOp op, string? state, out string? next)
    {
        next = state;
        switch (op.Kind)
        {
            case RegisterOpKind.Get:
                return !op.IsKnown || op.Value == state;
            case RegisterOpKind.Put:
                next = op.Value;
                return true;
            default:
                var succeeds = state == op.Expected;
                if (succeeds) next = op.Value;
                return !op.IsKnown || op.Succeeded == succeeds;
        }
    }
}
