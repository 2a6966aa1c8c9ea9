using Akka.Actor;

namespace ActorPlane.Tracing;

/// <summary>
/// Makes the causes of one actor: <see cref="Next"/> for each chain that it begins (a timer, an outside request). Two
/// actors of a run, or two incarnations of one, never make the same one, and a run with the same seed makes the same ones.
/// </summary>
public sealed class CauseSource(Chance chance)
{
    private readonly Chance _chance = chance;

    /// <summary>For the actor whose context this is.</summary>
    public static CauseSource For(IActorContext context) => new(Chance.For(context, "cause"));

    /// <summary>A cause that nothing else has.</summary>
    public Cause Next()
    {
        ulong id;
        do id = _chance.NextUInt64(); while (id == 0);
        return new Cause(id);
    }
}
