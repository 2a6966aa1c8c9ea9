using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Configuration;

/// <summary>A configuration cannot be read, or something that it must say is missing or wrong.</summary>
public class ConfigurationException : AkkaException
{
    /// <summary>With a message.</summary>
    public ConfigurationException(string message) : base(message)
    {
    }

    /// <summary>With a message and what led to it.</summary>
    public ConfigurationException(string message, Exception exception) : base(message, exception)
    {
    }

    /// <summary>For serializers.</summary>
    protected ConfigurationException(SerializationInfo info, StreamingContext context) : base(info, context)
    {
    }

    /// <summary>The exception for a part of the configuration that <typeparamref name="T" /> needs and does not find.</summary>
    /// <param name="path">Where it was looked for, if known.</param>
    public static ConfigurationException NullOrEmptyConfig<T>(string path = null!) => string.IsNullOrEmpty(path)
        ? new ConfigurationException($"Failed to instantiate {typeof(T).Name}: Configuration does not contain the needed section")
        : new ConfigurationException($"Failed to instantiate {typeof(T).Name}: Configuration does not contain `{path}` node");
}
