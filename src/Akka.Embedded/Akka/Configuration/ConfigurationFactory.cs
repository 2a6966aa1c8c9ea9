using System.Reflection;
using Akka.Configuration.Hocon;
using Newtonsoft.Json;

namespace Akka.Configuration;

/// <summary>Makes configurations from text, objects and embedded resources.</summary>
public class ConfigurationFactory
{
    private static readonly Lazy<Config> Reference = new(() => FromResource("Akka.Configuration.akka.conf", typeof(ConfigurationFactory).Assembly));

    /// <summary>A configuration without keys.</summary>
    public static Config Empty => ParseString("");

    /// <summary>Reads HOCON text.</summary>
    /// <exception cref="ConfigurationException">The text is not HOCON; the message names line and column.</exception>
    public static Config ParseString(string hocon) => new(HoconParser.Parse(hocon));

    /// <summary>The defaults of every key that this runtime knows.</summary>
    public static Config Default() => Reference.Value;

    /// <summary>Reads the public properties of an object as keys.</summary>
    public static Config FromObject(object source) => ParseString(JsonConvert.SerializeObject(source));

    /// <summary>Reads an embedded resource of the assembly that the type of the instance belongs to.</summary>
    public static Config FromResource(string resourceName, object instanceInAssembly) => instanceInAssembly switch
    {
        Type type => FromResource(resourceName, type.Assembly),
        Assembly assembly => FromResource(resourceName, assembly),
        _ => FromResource(resourceName, instanceInAssembly.GetType().Assembly)
    };

    /// <summary>Reads an embedded resource of the assembly that <typeparamref name="TAssembly" /> belongs to.</summary>
    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <summary>Reads an embedded resource.</summary>
    /// <exception cref="ConfigurationException">There is no such resource, or it is not HOCON.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"The assembly {assembly.GetName().Name} has no resource {resourceName}");
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }
}
