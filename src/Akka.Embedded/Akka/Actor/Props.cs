#nullable disable
using System.Linq.Expressions;
using System.Reflection;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The recipe of an actor: type, arguments, deployment, and a strategy for its children. Immutable.</summary>
public class Props : IEquatable<Props>, ISurrogated
{
    public static readonly Props None = null;

    private static readonly object[] NoArguments = [];

    private readonly IIndirectActorProducer _producer;
    private readonly Type _type;
    private ActorFactory _factory;

    protected Props()
    {
        Deploy = Deploy.Local;
        Arguments = NoArguments;
        _type = typeof(EmptyActor);
    }

    protected Props(Props copy)
    {
        _producer = copy._producer;
        _type = copy._type;
        _factory = copy._factory;
        Arguments = copy.Arguments;
        Deploy = copy.Deploy;
        SupervisorStrategy = copy.SupervisorStrategy;
    }

    public Props(Type type)
        : this(type, null, NoArguments)
    {
    }

    public Props(Type type, object[] args)
        : this(type, null, args)
    {
    }

    public Props(Type type, SupervisorStrategy supervisorStrategy, IEnumerable<object> args)
        : this(type, supervisorStrategy, args.ToArray())
    {
    }

    public Props(Type type, SupervisorStrategy supervisorStrategy, params object[] args)
        : this(Deploy.Local, type, args) => SupervisorStrategy = supervisorStrategy;

    public Props(Deploy deploy, Type type, IEnumerable<object> args)
        : this(deploy, type, args.ToArray())
    {
    }

    public Props(Deploy deploy, Type type, params object[] args)
    {
        Deploy = deploy;
        _type = type ?? throw new ArgumentNullException(nameof(type), "Props must be instantiated with an actor type.");
        Arguments = args ?? NoArguments;
        if (typeof(IIndirectActorProducer).IsAssignableFrom(type))
        {
            _producer = (IIndirectActorProducer)Activator.CreateInstance(type, Arguments);
            _type = _producer.ActorType;
            Arguments = NoArguments;
        }
    }

    private Props(IIndirectActorProducer producer, object[] args)
    {
        _producer = producer;
        _type = producer.ActorType;
        Deploy = Deploy.Local;
        Arguments = args;
    }

    public static Props Empty { get; } = Create<EmptyActor>();

    public object[] Arguments { get; }

    public Deploy Deploy { get; protected set; }

    public string Dispatcher => Deploy.Dispatcher == Deploy.NoDispatcherGiven ? Dispatchers.DefaultDispatcherId : Deploy.Dispatcher;

    public string Mailbox => Deploy.Mailbox;

    public SupervisorStrategy SupervisorStrategy { get; protected set; }

    public Type Type => _type;

    public string TypeName => _type.AssemblyQualifiedName;

    /// <summary>What dispatcher and mailbox these props mean, found once per system.</summary>
    internal ResolvedProps Resolved { get; set; }

    internal ActorFactory Factory => _factory ??= ActorFactory.Of(_type);

    /// <summary>Makes props from a <c>new</c> expression: the arguments are evaluated now, the call is repeated at every restart.</summary>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is UnaryExpression)
            return new Props(new FunctionProducer(factory.Compile(), typeof(TActor)), NoArguments) { SupervisorStrategy = supervisorStrategy };
        if (factory.Body is not NewExpression creation)
            throw new ArgumentException("The create function must be a 'new T (args)' expression", nameof(factory));
        return new Props(typeof(TActor), supervisorStrategy, creation.Arguments.Select(Evaluate).ToArray());
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(typeof(TActor), null, args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(typeof(TActor), supervisorStrategy, NoArguments);

    public static Props Create(Type type, params object[] args)
    {
        if (type is null)
            throw new ArgumentNullException(nameof(type), "Props must be instantiated with an actor type.");
        return new Props(type, null, args);
    }

    [Obsolete("Do not use this method. Call CreateBy(IIndirectActorProducer, params object[] args) instead")]
    public static Props CreateBy<TProducer>(params object[] args)
        where TProducer : class, IIndirectActorProducer =>
        new((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args), NoArguments);

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer, args);

    public bool Equals(Props other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (Deploy.Equals(other.Deploy)
                && _type == other._type
                && Equals(_producer, other._producer)
                && Arguments.SequenceEqual(other.Arguments)));

    public override bool Equals(object obj) => obj is Props other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Deploy, _type, Arguments.Length);

    /// <summary>Makes an instance; a failure becomes a <see cref="TypeLoadException"/> around what happened.</summary>
    public virtual ActorBase NewActor()
    {
        try
        {
            return _producer is not null ? _producer.Produce() : (ActorBase)Factory.Create(Arguments);
        }
        catch (Exception e)
        {
            throw new TypeLoadException(
                $"Error while creating actor instance of type {_type} with {Arguments.Length} args: ({string.Join(",", Arguments)})", e);
        }
    }

    public ISurrogate ToSurrogate(ActorSystem system) => new PropsSurrogate { Arguments = Arguments, Type = _type, Deploy = Deploy };

    public Props WithDeploy(Deploy deploy)
    {
        var copy = Copy();
        copy.Deploy = deploy.WithFallback(Deploy);
        return copy;
    }

    public Props WithDispatcher(string dispatcher)
    {
        var copy = Copy();
        copy.Deploy = Deploy.WithDispatcher(dispatcher);
        return copy;
    }

    public Props WithMailbox(string mailbox)
    {
        var copy = Copy();
        copy.Deploy = Deploy.WithMailbox(mailbox);
        return copy;
    }

    public Props WithStashCapacity(int stashCapacity)
    {
        var copy = Copy();
        copy.Deploy = Deploy.WithStashCapacity(stashCapacity);
        return copy;
    }

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy)
    {
        var copy = Copy();
        copy.SupervisorStrategy = supervisorStrategy;
        return copy;
    }

    protected virtual Props Copy() => new(this);

    internal void Release(ActorBase actor) => _producer?.Release(actor);

    private static object Evaluate(Expression argument) => argument switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Expression: ConstantExpression closure, Member: FieldInfo field } => field.GetValue(closure.Value),
        MemberExpression { Expression: null, Member: FieldInfo field } => field.GetValue(null),
        UnaryExpression { NodeType: ExpressionType.Convert } cast when cast.Type == typeof(object) => Evaluate(cast.Operand),
        _ => Expression.Lambda<Func<object>>(Expression.Convert(argument, typeof(object))).Compile(preferInterpretation: true)(),
    };

    public class PropsSurrogate : ISurrogate
    {
        public PropsSurrogate()
        {
        }

        public object[] Arguments { get; set; }

        public Deploy Deploy { get; set; }

        public Type Type { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) => new Props(Deploy, Type, Arguments);
    }

    internal sealed record ResolvedProps(ActorSystemImpl System, MessageDispatcher Dispatcher, MailboxType MailboxType);

    private sealed class FunctionProducer(Delegate factory, Type type) : IIndirectActorProducer
    {
        public Type ActorType => type;

        public ActorBase Produce() => (ActorBase)((Func<object>)factory)();

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
