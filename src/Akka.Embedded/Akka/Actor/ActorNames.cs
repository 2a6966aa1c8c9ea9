#nullable disable
namespace Akka.Actor;

/// <summary>The names that the runtime gives.</summary>
internal static class ActorNames
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    /// <summary>$a, $b, ..., $ba: the number, lowest digit first.</summary>
    public static string Random(long number)
    {
        Span<char> name = stackalloc char[13];
        name[0] = '$';
        var length = 1;
        do
        {
            name[length++] = Digits[(int)(number & 63)];
            number >>= 6;
        }
        while (number > 0);
        return new string(name[..length]);
    }
}
