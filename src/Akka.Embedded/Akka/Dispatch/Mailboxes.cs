#nullable disable
using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>The mailbox types of a system, by configuration section or by what a queue must guarantee.</summary>
public class Mailboxes
{
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";

    public static readonly string NoMailboxRequirement = "";

    private readonly ActorSystem _system;
    private readonly ConcurrentDictionary<string, MailboxType> _types = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<Type, string>> _bindings;
    private DeadLetterMailbox _deadLetterMailbox;

    public Mailboxes(ActorSystem system)
    {
        _system = system;
        _bindings = new Lazy<Dictionary<Type, string>>(ReadBindings);
    }

    public DeadLetterMailbox DeadLetterMailbox =>
        _deadLetterMailbox ?? Interlocked.CompareExchange(ref _deadLetterMailbox, new DeadLetterMailbox(_system.DeadLetters), null) ?? _deadLetterMailbox;

    /// <summary>
    /// In this order: the mailbox that the props name, that of the dispatcher they name, what the actor requires,
    /// what the dispatcher requires, the default.
    /// </summary>
    public MailboxType GetMailboxType(Props props, Config dispatcherConfig)
    {
        dispatcherConfig ??= Config.Empty;
        var id = dispatcherConfig.GetString("id", null);
        var dispatcherRequires = RequirementOf(dispatcherConfig);
        var actorRequires = GetRequiredType(props.Type);
        var dispatcherMailbox = dispatcherConfig.GetString("mailbox-type", null);

        MailboxType Verified(MailboxType mailboxType)
        {
            var produced = ProducedQueue(mailboxType.GetType());
            if (dispatcherRequires is not null && !dispatcherRequires.IsAssignableFrom(produced))
                throw new ArgumentException($"produced message queue type [{produced}] does not fulfill requirement for dispatcher [{id}]. Must be a subclass of [{dispatcherRequires}].");
            if (actorRequires is not null && !actorRequires.IsAssignableFrom(produced))
                throw new ArgumentException($"produced message queue type of [{produced}] does not fulfill requirement for actor class [{props.Type}]. Must be a subclass of [{actorRequires}].");
            return mailboxType;
        }

        if (props.Deploy.Mailbox != Deploy.NoMailboxGiven)
            return Verified(Lookup(props.Deploy.Mailbox));
        if (props.Deploy.Dispatcher != Deploy.NoDispatcherGiven && !string.IsNullOrEmpty(dispatcherMailbox))
            return Verified(Lookup(id));
        if (actorRequires is not null)
        {
            try
            {
                return Verified(LookupByQueueType(actorRequires));
            }
            catch (Exception) when (dispatcherRequires is not null)
            {
                return Verified(LookupByQueueType(dispatcherRequires));
            }
        }

        return Verified(dispatcherRequires is not null ? LookupByQueueType(dispatcherRequires) : Lookup(DefaultMailboxId));
    }

    /// <summary>What the actor's <see cref="IRequiresMessageQueue{T}"/> asks for, or null.</summary>
    public Type GetRequiredType(Type actorType) => actorType?.GetInterfaces()
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequiresMessageQueue<>))
        .Select(i => i.GetGenericArguments()[0])
        .FirstOrDefault();

    public bool HasRequiredType(Type actorType) => GetRequiredType(actorType) is not null;

    public MailboxType Lookup(string id)
    {
        if (_types.TryGetValue(id, out var known))
            return known;
        lock (_types)
            return _types.TryGetValue(id, out known) ? known : _types[id] = Make(id);
    }

    public MailboxType LookupByQueueType(Type queueType) =>
        _bindings.Value.TryGetValue(queueType, out var id)
            ? Lookup(id)
            : throw new ConfigurationException($"Mailbox Mapping for [{queueType}] not configured");

    public bool ProducesMessageQueue(Type mailboxType) => mailboxType.GetInterfaces()
        .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IProducesMessageQueue<>));

    /// <summary>The stash capacity of a mailbox, else of a dispatcher, else the default; negative means unbounded.</summary>
    public int StashCapacity(string dispatcher, string mailbox)
    {
        var config = _system.Settings.Config;
        foreach (var id in new[] { mailbox, dispatcher })
        {
            if (!string.IsNullOrEmpty(id) && config.HasPath($"{id}.stash-capacity"))
                return config.GetInt($"{id}.stash-capacity", Deploy.NoStashSize);
        }

        return config.GetInt($"{DefaultMailboxId}.stash-capacity", Deploy.NoStashSize);
    }

    private static Type ProducedQueue(Type mailboxType) => mailboxType.GetInterfaces()
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IProducesMessageQueue<>))
        .Select(i => i.GetGenericArguments()[0])
        .FirstOrDefault()
        ?? throw new ArgumentException($"No IProducesMessageQueue<TQueue> supplied for {mailboxType}; illegal mailbox type definition.", nameof(mailboxType));

    private static Type RequirementOf(Config dispatcherConfig)
    {
        var name = dispatcherConfig.GetString("mailbox-requirement", NoMailboxRequirement);
        return string.IsNullOrEmpty(name)
            ? null
            : Type.GetType(name) ?? throw new ConfigurationException($"mailbox-requirement [{name}] is no type");
    }

    private Dictionary<Type, string> ReadBindings()
    {
        var bindings = new Dictionary<Type, string>();
        foreach (var pair in _system.Settings.Config.GetConfig("akka.actor.mailbox.requirements").AsEnumerable())
        {
            var type = Type.GetType(pair.Key)
                ?? throw new ConfigurationException($"Mailbox Requirement mapping [{pair.Key}] is not an actual type");
            bindings[type] = pair.Value.GetString();
        }

        return bindings;
    }

    private MailboxType Make(string id)
    {
        var settings = _system.Settings;
        switch (id)
        {
            case "unbounded":
                return new UnboundedMailbox(settings, Config.Empty);
            case "bounded":
                return new BoundedMailbox(settings, settings.Config.GetConfig(DefaultMailboxId));
        }

        if (!settings.Config.HasPath(id))
            throw new ConfigurationException($"Mailbox Type [{id}] not configured");
        var config = settings.Config.GetConfig(id).WithFallback(settings.Config.GetConfig(DefaultMailboxId));
        var name = settings.Config.GetString($"{id}.mailbox-type", null);
        if (string.IsNullOrEmpty(name))
            throw new ConfigurationException($"The setting mailbox-type defined in [{id}] is empty");
        var type = Type.GetType(name)
            ?? throw new ConfigurationException($"Found mailbox-type [{name}] in configuration for [{id}], but could not find that type in any loaded assemblies.");
        try
        {
            return (MailboxType)Activator.CreateInstance(type, settings, config);
        }
        catch (Exception e) when (e is not ConfigurationException)
        {
            throw new ArgumentException($"Cannot instantiate MailboxType {type}, defined in [{id}]. Make sure it has a public constructor with [Akka.Actor.Settings, Akka.Configuration.Config] parameters", e);
        }
    }
}
