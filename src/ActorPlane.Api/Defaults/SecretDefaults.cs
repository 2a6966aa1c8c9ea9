using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/v1/defaults.go SetDefaults_Secret, conversion.go (stringData).</summary>
public static class SecretDefaults
{
    /// <summary>Opaque; texts given in the clear become data and are not kept.</summary>
    public static Secret Apply(Secret value)
    {
        if (value.Type.IsBlank()) value = value with { Type = "Opaque" };
        if (value.StringData.IsEmpty) return value;
        var data = value.Data.WithAll(value.StringData.Select(e => KeyValuePair.Create(e.Key, ByteString.FromUtf8(e.Value))));
        return value with { Data = data, StringData = ValueMap<string>.Empty };
    }
}
