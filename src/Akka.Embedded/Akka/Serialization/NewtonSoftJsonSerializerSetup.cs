using Akka.Actor.Setup;
using Newtonsoft.Json;

namespace Akka.Serialization;

/// <summary>Changes the settings of the JSON serializer in code.</summary>
public sealed class NewtonSoftJsonSerializerSetup : Setup
{
    private NewtonSoftJsonSerializerSetup(Action<JsonSerializerSettings> applySettings) => ApplySettings = applySettings;

    /// <summary>Changes the settings after the configuration was read.</summary>
    public Action<JsonSerializerSettings> ApplySettings { get; }

    /// <summary>A setup that changes the settings.</summary>
    public static NewtonSoftJsonSerializerSetup Create(Action<JsonSerializerSettings> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new NewtonSoftJsonSerializerSetup(settings);
    }
}
