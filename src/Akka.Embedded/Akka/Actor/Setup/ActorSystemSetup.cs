#nullable disable
using System.Collections.Immutable;
using Akka.Util;

namespace Akka.Actor.Setup;

/// <summary>Set-ups by their type; a later one replaces an earlier one of its type.</summary>
public sealed class ActorSystemSetup
{
    public static readonly ActorSystemSetup Empty = new(ImmutableDictionary<Type, Setup>.Empty);

    private readonly ImmutableDictionary<Type, Setup> _setups;

    private ActorSystemSetup(ImmutableDictionary<Type, Setup> setups) => _setups = setups;

    private ActorSystemSetup(Setup[] setups) => _setups = setups.Aggregate(
        ImmutableDictionary<Type, Setup>.Empty, (map, setup) => map.SetItem(setup.GetType(), setup));

    public static ActorSystemSetup Create(params Setup[] setup) => new(setup);

    public ActorSystemSetup And<T>(T setup)
        where T : Setup => WithSetup(setup);

    public Option<T> Get<T>()
        where T : Setup => _setups.TryGetValue(typeof(T), out var setup) ? Option<T>.Create((T)setup) : Option<T>.None;

    public ActorSystemSetup WithSetup<T>(T setup)
        where T : Setup => new(_setups.SetItem(typeof(T), setup));

    public override string ToString() =>
        $"ActorSystemSetup({string.Join(",", _setups.Keys.Select(t => t.FullName).Order(StringComparer.Ordinal))})";
}
