using System.Globalization;

namespace ActorPlane.Api;

/// <summary>Reads the times that Go's RFC 3339 layout accepts, and no others.</summary>
internal static class Rfc3339
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 20) return false;

        // .NET reads seven digits of a fraction; Go up to nine.
        var fractionEnd = 20;
        if (text[19] == '.')
        {
            while (fractionEnd < text.Length && char.IsAsciiDigit(text[fractionEnd])) fractionEnd++;
            if (fractionEnd == 20 || fractionEnd > 29) return false;
            if (fractionEnd > 27) text = text.Remove(27, fractionEnd - 27);
        }

        return DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
