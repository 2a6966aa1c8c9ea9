using ActorPlane.Client;
using ActorPlane.Tracing;

namespace ActorPlane.ControllerManager;

/// <summary>One pass over one key: it lasts until all its requests are answered, and has failed when one of them has.</summary>
public sealed class ReconcilePass
{
    private readonly Action<ReconcilePass> _ended;
    private int _open = 1;

    internal ReconcilePass(Cause cause, Action<ReconcilePass> ended) => (Cause, _ended) = (cause, ended);

    /// <summary>What led to this pass; its requests carry it.</summary>
    public Cause Cause { get; }

    /// <summary>The first failure, for the log; null when there was none.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether a request failed or <see cref="Fail"/> was called.</summary>
    public bool HasFailed => Failure is not null;

    /// <summary>
    /// The callback for a request that belongs to this pass. <paramref name="then"/> sees the outcome first and may send
    /// more. A refusal with one of <paramref name="toleratedReasons"/> is no failure.
    /// </summary>
    public Action<ApiOutcome> Expect(Action<ApiOutcome>? then = null, params string[] toleratedReasons)
    {
        _open++;
        return outcome =>
        {
            if (!outcome.IsDone && !Array.Exists(toleratedReasons, outcome.IsRefused)) Fail(outcome.ToString());
            then?.Invoke(outcome);
            End();
        };
    }

    /// <summary>The key has to come again.</summary>
    public void Fail(string failure) => Failure ??= failure;

    internal void End()
    {
        if (--_open == 0) _ended(this);
    }
}
