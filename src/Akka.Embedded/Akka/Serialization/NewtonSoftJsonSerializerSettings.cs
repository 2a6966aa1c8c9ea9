using Akka.Configuration;
using Akka.Util;
using Newtonsoft.Json;

namespace Akka.Serialization;

/// <summary>How <see cref="NewtonSoftJsonSerializer" /> writes JSON: <c>akka.actor.serialization-settings.json</c>.</summary>
public sealed class NewtonSoftJsonSerializerSettings
{
    /// <summary>What holds without a configuration.</summary>
    public static readonly NewtonSoftJsonSerializerSettings Default = new(true, true, [], true, 2048, 32768);

    /// <param name="encodeTypeNames">Whether type names are written.</param>
    /// <param name="preserveObjectReferences">Whether an object that occurs twice is written once.</param>
    /// <param name="converters">Further converters.</param>
    /// <param name="usePooledStringBuilder">Whether text is built in a buffer that is kept.</param>
    /// <param name="stringBuilderMinSize">Size of that buffer at first, in characters.</param>
    /// <param name="stringBuilderMaxSize">Size beyond which a buffer is not kept, in characters.</param>
    public NewtonSoftJsonSerializerSettings(bool encodeTypeNames, bool preserveObjectReferences, IEnumerable<Type> converters, bool usePooledStringBuilder,
        int stringBuilderMinSize, int stringBuilderMaxSize)
    {
        ArgumentNullException.ThrowIfNull(converters);
        EncodeTypeNames = encodeTypeNames;
        PreserveObjectReferences = preserveObjectReferences;
        Converters = converters;
        UsePooledStringBuilder = usePooledStringBuilder;
        StringBuilderMinSize = stringBuilderMinSize;
        StringBuilderMaxSize = stringBuilderMaxSize;
    }

    /// <summary>Whether type names are written.</summary>
    public bool EncodeTypeNames { get; }

    /// <summary>Whether an object that occurs twice is written once.</summary>
    public bool PreserveObjectReferences { get; }

    /// <summary>Further converters.</summary>
    public IEnumerable<Type> Converters { get; }

    /// <summary>Whether text is built in a buffer that is kept.</summary>
    public bool UsePooledStringBuilder { get; }

    /// <summary>Size of that buffer at first, in characters.</summary>
    public int StringBuilderMinSize { get; }

    /// <summary>Size beyond which a buffer is not kept, in characters.</summary>
    public int StringBuilderMaxSize { get; }

    /// <summary>Reads the settings from the configuration of the serializer.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    /// <exception cref="ArgumentException">A converter is not found or is none.</exception>
    public static NewtonSoftJsonSerializerSettings Create(Config config)
    {
        if (config.IsNullOrEmpty())
            throw ConfigurationException.NullOrEmptyConfig<NewtonSoftJsonSerializerSettings>();
        return new NewtonSoftJsonSerializerSettings(
            config.GetBoolean("encode-type-names", true),
            config.GetBoolean("preserve-object-references", true),
            config.GetStringList("converters").Select(Converter).ToList(),
            config.GetBoolean("use-pooled-string-builder", true),
            config.GetInt("pooled-string-builder-minsize", 2048),
            config.GetInt("pooled-string-builder-maxsize", 32768));
    }

    private static Type Converter(string name)
    {
        var type = Type.GetType(name, throwOnError: true);
        return type.Implements<JsonConverter>() ? type : throw new ArgumentException($"Type {type} doesn't inherit from a JsonConverter.", nameof(name));
    }
}
