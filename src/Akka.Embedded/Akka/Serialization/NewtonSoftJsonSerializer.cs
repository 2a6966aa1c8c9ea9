using System.Reflection;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Akka.Serialization;

/// <summary>
/// The serializer of everything that no other one serves: JSON with type names, as Akka.NET writes it, so that what one runtime wrote the
/// other can read. Actors are written as their paths.
/// </summary>
public class NewtonSoftJsonSerializer : Serializer
{
    [ThreadStatic]
    private static StringBuilder _buffer;

    private readonly JsonSerializer _serializer;
    private readonly NewtonSoftJsonSerializerSettings _settings;

    /// <summary>With the default settings.</summary>
    public NewtonSoftJsonSerializer(ExtendedActorSystem system) : this(system, NewtonSoftJsonSerializerSettings.Default)
    {
    }

    /// <summary>With settings from the configuration.</summary>
    public NewtonSoftJsonSerializer(ExtendedActorSystem system, Config config) : this(system, NewtonSoftJsonSerializerSettings.Create(config))
    {
    }

    /// <summary>With given settings.</summary>
    public NewtonSoftJsonSerializer(ExtendedActorSystem system, NewtonSoftJsonSerializerSettings settings) : base(system)
    {
        _settings = settings;
        Settings = new JsonSerializerSettings
        {
            PreserveReferencesHandling = settings.PreserveObjectReferences ? PreserveReferencesHandling.Objects : PreserveReferencesHandling.None,
            NullValueHandling = NullValueHandling.Ignore,
            DefaultValueHandling = DefaultValueHandling.Ignore,
            MissingMemberHandling = MissingMemberHandling.Ignore,
            // Defaults that objects share must be replaced, never filled.
            ObjectCreationHandling = ObjectCreationHandling.Replace,
            ConstructorHandling = ConstructorHandling.AllowNonPublicDefaultConstructor,
            TypeNameHandling = settings.EncodeTypeNames ? TypeNameHandling.All : TypeNameHandling.None,
            ContractResolver = new PrivateSetters()
        };
        Settings.Converters.Add(new JsonSurrogateConverter(system));
        foreach (var converter in settings.Converters)
            Settings.Converters.Add(MakeConverter(converter, system));
        if (system?.Settings.Setup.Get<NewtonSoftJsonSerializerSetup>() is { HasValue: true } setup)
            setup.Value.ApplySettings(Settings);
        _serializer = JsonSerializer.Create(Settings);
        _serializer.Formatting = Formatting.None;
    }

    /// <summary>The settings in effect.</summary>
    public JsonSerializerSettings Settings { get; }

    /// <summary>The JSON serializer in use.</summary>
    public object Serializer => _serializer;

    /// <inheritdoc />
    public override bool IncludeManifest => false;

    /// <inheritdoc />
    public override byte[] ToBinary(object obj)
    {
        // Writing may write another object in turn: the buffer is taken away while it is in use.
        var buffer = _settings.UsePooledStringBuilder ? _buffer ?? new StringBuilder(_settings.StringBuilderMinSize) : new StringBuilder();
        _buffer = null;
        using (var text = new StringWriter(buffer, System.Globalization.CultureInfo.InvariantCulture))
        using (var writer = new JsonTextWriter(text))
            _serializer.Serialize(writer, obj);

        var bytes = Encoding.UTF8.GetBytes(buffer.ToString());
        if (_settings.UsePooledStringBuilder && buffer.Capacity <= _settings.StringBuilderMaxSize)
            _buffer = buffer.Clear();
        return bytes;
    }

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, Type type)
    {
        using var reader = new JsonTextReader(new StreamReader(new MemoryStream(bytes), Encoding.UTF8));
        return JsonSurrogateConverter.Translate(_serializer.Deserialize(reader), system, _serializer, type);
    }

    private static JsonConverter MakeConverter(Type type, ExtendedActorSystem system) =>
        type.GetConstructor([typeof(ExtendedActorSystem)]) == null
            ? (JsonConverter)Activator.CreateInstance(type)
            : (JsonConverter)Activator.CreateInstance(type, system);

    /// <summary>Lets private setters be used.</summary>
    private sealed class PrivateSetters : DefaultContractResolver
    {
        protected override JsonProperty CreateProperty(MemberInfo member, MemberSerialization memberSerialization)
        {
            var property = base.CreateProperty(member, memberSerialization);
            property.Writable |= member is PropertyInfo { SetMethod: not null };
            return property;
        }
    }
}
