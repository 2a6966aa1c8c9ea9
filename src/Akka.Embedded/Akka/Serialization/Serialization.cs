using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// The serializers of an actor system: which one serves which type (<c>akka.actor.serialization-bindings</c>), and by which number what was
/// written names its serializer.
/// </summary>
public class Serialization
{
    [ThreadStatic]
    private static Information _transport;

    private readonly ILoggingAdapter _log;
    private readonly bool _warnsOfOverrides;
    private readonly ConcurrentDictionary<string, Serializer> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, Serializer> _byIdentifier = new();
    private readonly ConcurrentDictionary<string, Type> _manifestTypes = new(StringComparer.Ordinal);
    private readonly object _lock = new();
    private readonly Serializer _null;
    private volatile List<(Type Type, Serializer Serializer)> _bindings = [];
    private ConcurrentDictionary<Type, Serializer> _found = new();

    /// <summary>Reads the configuration of the system and makes the serializers.</summary>
    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        _log = Logging.GetLogger(system, this);
        _warnsOfOverrides = system.Settings.LogSerializerOverrideOnStart;
        _null = new NullSerializer(system);
        AddSerializer("null", _null);
        ReadConfiguration(system.Settings.Config);
        if (system.Settings.Setup.Get<SerializationSetup>() is not { HasValue: true } setup)
            return;
        foreach (var details in setup.Value.CreateSerializers(system))
        {
            AddSerializer(details.Alias, details.Serializer);
            foreach (var type in details.UseFor)
                AddSerializationMap(type, details.Serializer);
        }
    }

    /// <summary>The actor system.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>Runs a function during which actors are written with the address of the system.</summary>
    public static T WithTransport<T>(ExtendedActorSystem system, Func<T> action) => WithTransport(InformationOf(system), action, static run => run());

    /// <summary>Runs a function during which actors are written with the address of the system.</summary>
    public static T WithTransport<TState, T>(ExtendedActorSystem system, TState state, Func<TState, T> action) =>
        WithTransport(InformationOf(system), state, action);

    /// <summary>For whom the running function serializes.</summary>
    /// <exception cref="InvalidOperationException">No function of <c>WithTransport</c> is running.</exception>
    public static Information GetCurrentTransportInformation() =>
        _transport ?? throw new InvalidOperationException("CurrentTransportInformation is not set. Use Serialization.WithTransport<T>.");

    /// <summary>The path of an actor as text from which <see cref="DeserializeActorRef" /> finds it again.</summary>
    public static string SerializedActorPath(IActorRef actorRef)
    {
        if (actorRef == null || Equals(actorRef, ActorRefs.NoSender))
            return "";
        var address = _transport?.Address ?? ((actorRef as IInternalActorRef)?.Provider)?.DefaultAddress;
        return address == null ? actorRef.Path.ToSerializationFormat() : actorRef.Path.ToSerializationFormatWithAddress(address);
    }

    /// <summary>What has to be written down beside the bytes, so that the serializer can read them; empty if nothing.</summary>
    public static string ManifestFor(Serializer s, object msg) => s switch
    {
        SerializerWithStringManifest own => own.Manifest(msg),
        { IncludeManifest: true } => msg.GetType().TypeQualifiedName(),
        _ => ""
    };

    /// <summary>Adds a serializer under a name.</summary>
    public void AddSerializer(string name, Serializer serializer)
    {
        _byIdentifier[serializer.Identifier] = serializer;
        _byName[name] = serializer;
    }

    /// <summary>Lets a serializer serve a type and what derives from it.</summary>
    public void AddSerializationMap(Type type, Serializer serializer)
    {
        lock (_lock)
        {
            var bindings = new List<(Type, Serializer)>(_bindings);
            bindings.RemoveAll(binding => binding.Item1 == type);
            bindings.Add((type, serializer));
            _bindings = bindings;
            _found = new ConcurrentDictionary<Type, Serializer>();
        }
    }

    /// <summary>The bytes of an object.</summary>
    public byte[] Serialize(object o) => WithTransport(System, (Serialization: this, Object: o), static what => what.Serialization.FindSerializerFor(what.Object).ToBinary(what.Object));

    /// <summary>The object of some bytes.</summary>
    /// <exception cref="SerializationException">There is no serializer of that number.</exception>
    public object Deserialize(byte[] bytes, int serializerId, Type type) => WithTransport(System, () => SerializerOf(serializerId, type?.Name).FromBinary(bytes, type));

    /// <summary>The object of some bytes.</summary>
    /// <exception cref="SerializationException">There is no serializer of that number, or no type of that name.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = SerializerOf(serializerId, manifest);
        return WithTransport(System, () => serializer is SerializerWithStringManifest own
            ? own.FromBinary(bytes, manifest)
            : serializer.FromBinary(bytes, string.IsNullOrEmpty(manifest) ? null : TypeOf(manifest, serializerId)));
    }

    /// <summary>The actor of a path.</summary>
    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);

    /// <summary>The serializer of an object.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="defaultSerializerName">The name of the serializer for types that nothing more special serves.</param>
    /// <exception cref="SerializationException">There is none.</exception>
    public Serializer FindSerializerFor(object obj, string defaultSerializerName = null) =>
        obj == null ? _null : FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <summary>The serializer of a type: that of the most special type that serves it, or for want of one the default.</summary>
    /// <exception cref="SerializationException">There is none.</exception>
    public Serializer FindSerializerForType(Type objectType, string defaultSerializerName = null)
    {
        var found = _found;
        if (!found.TryGetValue(objectType, out var serializer))
            found[objectType] = serializer = MostSpecial(objectType, except: null);
        if (defaultSerializerName != null && (serializer == null || ReferenceEquals(serializer, MostSpecial(typeof(object), null)))
            && MostSpecial(objectType, except: typeof(object)) == null && _byName.TryGetValue(defaultSerializerName, out var preferred))
        {
            return preferred;
        }

        return serializer ?? throw new SerializationException($"Serializer not found for type {objectType.Name}");
    }

    internal static T WithTransport<TState, T>(Information information, TState state, Func<TState, T> action)
    {
        var outer = _transport;
        _transport ??= information;
        try
        {
            return action(state);
        }
        finally
        {
            _transport = outer;
        }
    }

    private static Information InformationOf(ExtendedActorSystem system) => new(system.Provider?.DefaultAddress, system);

    private Serializer MostSpecial(Type type, Type except)
    {
        (Type Type, Serializer Serializer) best = default;
        foreach (var binding in _bindings)
        {
            if (binding.Type == except || !binding.Type.IsAssignableFrom(type))
                continue;
            if (best.Type == null || (best.Type != binding.Type && best.Type.IsAssignableFrom(binding.Type)))
                best = binding;
        }

        return best.Serializer;
    }

    private Serializer SerializerOf(int identifier, string type) => _byIdentifier.TryGetValue(identifier, out var serializer)
        ? serializer
        : throw new SerializationException($"Cannot find serializer with id [{identifier}] (class [{type}]). The most probable reason is that the configuration "
            + "entry 'akka.actor.serializers' is not in sync between the two systems.");

    private Type TypeOf(string manifest, int serializerId) => _manifestTypes.GetOrAdd(manifest, static (name, id) =>
    {
        try
        {
            return Type.GetType(name, throwOnError: true);
        }
        catch (Exception cause) when (cause is TypeLoadException or FileNotFoundException or ArgumentException)
        {
            throw new SerializationException($"Cannot find manifest class [{name}] for serializer with id [{id}].", cause);
        }
    }, serializerId);

    private void ReadConfiguration(Config config)
    {
        foreach (var (name, value) in config.GetConfig("akka.actor.serializers")?.AsEnumerable() ?? [])
        {
            var type = Type.GetType(value.GetString());
            if (type == null)
            {
                _log.Warning("The type name for serializer '{0}' did not resolve to an actual Type: '{1}'", name, value.GetString());
                continue;
            }

            var settings = config.GetConfig("akka.actor.serialization-settings." + name);
            AddSerializer(name, settings != null && type.GetConstructor([typeof(ExtendedActorSystem), typeof(Config)]) != null
                ? (Serializer)Activator.CreateInstance(type, System, settings)
                : (Serializer)Activator.CreateInstance(type, System));
        }

        foreach (var (typeName, value) in config.GetConfig("akka.actor.serialization-bindings")?.AsEnumerable() ?? [])
        {
            var type = Type.GetType(typeName);
            if (type == null)
                _log.Warning("The type name for message/serializer binding '{0}' did not resolve to an actual Type: '{1}'", value.GetString(), typeName);
            else if (!_byName.TryGetValue(value.GetString(), out var serializer))
                _log.Warning("Serialization binding to non existing serializer: '{0}'", value.GetString());
            else
                Bind(type, serializer);
        }
    }

    private void Bind(Type type, Serializer serializer)
    {
        if (_warnsOfOverrides && _bindings.Find(binding => binding.Type == type).Serializer is { } other && !ReferenceEquals(other, serializer))
            _log.Warning("The serializer of {0}, {1}, is overridden by {2}", type, other.GetType(), serializer.GetType());
        AddSerializationMap(type, serializer);
    }
}
