using System.Text;
using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>
/// Short texts repeat in every object ("Always", "TCP", label keys, node names). A small direct-mapped cache of each thread hands out one
/// instance, so that ten thousand decoded pods share them. What it returns never depends on what is cached.
/// </summary>
internal static class StringCache
{
    private const int Slots = 2048;
    private const int LongestCached = 64;

    [ThreadStatic]
    private static string?[]? _cache;

    public static string Get(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.HasValueSequence) return reader.GetString()!;
        return Get(reader.ValueSpan);
    }

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0) return "";
        if (utf8.Length > LongestCached) return Decode(utf8);
        var hash = 2166136261u;
        foreach (var b in utf8)
        {
            if (b >= 0x80) return Decode(utf8);
            hash = (hash ^ b) * 16777619u;
        }

        var cache = _cache ??= new string?[Slots];
        ref var slot = ref cache[(hash ^ (hash >> 15)) & (Slots - 1)];
        if (slot is not null && Ascii.Equals(utf8, slot)) return slot;
        return slot = Encoding.ASCII.GetString(utf8);
    }

    // Bad UTF-8 is an error as in Utf8JsonReader.GetString, not silently replaced.
    private static string Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidOperationException("The text is not valid UTF-8.", error);
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
