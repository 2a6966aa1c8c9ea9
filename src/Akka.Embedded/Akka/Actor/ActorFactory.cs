#nullable disable
using System.Collections.Concurrent;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Makes instances of one type from constructor arguments.</summary>
internal sealed class ActorFactory(Type type)
{
    private static readonly ConcurrentDictionary<Type, ActorFactory> Factories = new();

    private readonly ConcurrentDictionary<int, (ConstructorInvoker Invoker, Type[] Parameters)> _byArity = new();

    public bool OverridesAroundReceive { get; } = Overrides(type);

    public static ActorFactory Of(Type type) => Factories.GetOrAdd(type, static t => new ActorFactory(t));

    public object Create(object[] args)
    {
        var (invoker, parameters) = _byArity.GetOrAdd(args.Length, Find);
        if (invoker is null || !Fit(parameters, args))
            return Activator.CreateInstance(type, args);
        try
        {
            return invoker.Invoke(args.AsSpan());
        }
        catch (Exception e)
        {
            throw new TargetInvocationException(e);
        }
    }

    private static bool Fit(Type[] parameters, object[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is null ? parameters[i].IsValueType : !parameters[i].IsInstanceOfType(args[i]))
                return false;
        }

        return true;
    }

    private static bool Overrides(Type type)
    {
        var method = type.GetMethod(
            nameof(ActorBase.AroundReceive), BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, [typeof(Receive), typeof(object)]);
        return method is null || method.DeclaringType != typeof(ActorBase);
    }

    /// <summary>Only a constructor without rivals is called directly; the rest is the framework's overload resolution.</summary>
    private (ConstructorInvoker Invoker, Type[] Parameters) Find(int arity)
    {
        var candidates = type.GetConstructors();
        if (type.IsAbstract || candidates.Length != 1 || candidates[0].GetParameters().Length != arity)
            return default;
        return (ConstructorInvoker.Create(candidates[0]), candidates[0].GetParameters().Select(p => p.ParameterType).ToArray());
    }
}
