using System.Globalization;
using System.Text;
using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>The names under which clients own fields (<c>apimachinery/pkg/apis/meta/v1/validation</c>, <c>apiserver/pkg/endpoints/handlers/create.go</c>).</summary>
internal static class FieldManagers
{
    /// <summary>So many bytes a name has at most.</summary>
    private const int MaxBytes = 128;

    /// <summary>The name that a client has of itself: the first part of its user agent, as far as it can be printed.</summary>
    public static string OfUserAgent(string agent)
    {
        var name = new StringBuilder();
        var bytes = 0;
        foreach (var rune in agent.Split('/')[0].EnumerateRunes())
        {
            if (!IsPrintable(rune)) continue;
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxBytes) break;
            name.Append(rune.ToString());
        }

        return name.ToString();
    }

    /// <summary>What is wrong with the option <c>fieldManager</c>.</summary>
    public static IEnumerable<FieldError> Problems(string manager)
    {
        var field = FieldPath.Of("fieldManager");
        if (Encoding.UTF8.GetByteCount(manager) > MaxBytes) yield return FieldError.TooLong(field, MaxBytes);
        var at = 0;
        foreach (var rune in manager.EnumerateRunes())
        {
            if (!IsPrintable(rune))
            {
                var code = rune.Value.ToString("X4", CultureInfo.InvariantCulture);
                yield return FieldError.Invalid(field, manager, string.Create(CultureInfo.InvariantCulture, $"invalid character U+{code} (at position {at})"));
            }

            at += rune.Utf8SequenceLength;
        }
    }

    // As Go's unicode.IsPrint: of the spaces only the common one.
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
