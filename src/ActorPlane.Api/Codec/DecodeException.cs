namespace ActorPlane.Api;

/// <summary>
/// A body that is no object of its kind: broken JSON, a value of the wrong type. The message is the real API server's, without the
/// part that names the kind. Its cause is the caller's input, so it becomes a 400 BadRequest.
/// </summary>
public sealed class DecodeException : Exception
{
    /// <summary>With the text for the user.</summary>
    public DecodeException(string message)
        : base(message)
    {
    }

    private DecodeException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The field that could not be read, such as <c>spec.containers[0].image</c>; empty when it is not known.</summary>
    public string Field { get; internal set; } = "";

    /// <summary>What Go's type of the field is called, such as <c>int32</c>, <c>[]v1.Container</c>; null unless a value had a wrong type.</summary>
    public string? WantedType { get; internal init; }

    /// <summary>What was there instead: <c>string</c>, <c>number</c>, <c>bool</c>, <c>array</c>, <c>object</c>; null unless a value had a wrong type.</summary>
    public string? FoundType { get; internal init; }

    /// <summary>Whether it is no JSON at all.</summary>
    public bool IsSyntax { get; private init; }

    /// <param name="error">What the reader said.</param>
    /// <param name="utf8">What it read.</param>
    internal static DecodeException Syntax(Exception error, ReadOnlySpan<byte> utf8)
    {
        if (GoJsonSyntax.Describe(utf8) is { } known) return new DecodeException(known, error) { IsSyntax = true };

        // Well formed, and yet not read here: it nests too deep.
        var tail = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return new DecodeException("invalid JSON: " + (tail < 0 ? error.Message : error.Message[..tail]), error);
    }
}
