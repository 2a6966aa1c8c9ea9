namespace ActorPlane.Api.Tables;

/// <summary>A column of a Table.</summary>
/// <param name="Name">Its head; kubectl prints it in capitals.</param>
/// <param name="Type">string, integer or boolean.</param>
/// <param name="Format"><c>name</c> for the object's name, else empty.</param>
/// <param name="Description">What is in it.</param>
/// <param name="Priority">0: always shown; more: only in wide output.</param>
public sealed record TableColumn(string Name, string Type, string Format, string Description, int Priority)
{
    /// <summary>From a short text: <c>Name</c>, <c>Ready:integer</c>, <c>Attacher:name</c> (a text that is a name), <c>Node*</c> (wide only).</summary>
    internal static TableColumn Parse(string text)
    {
        var isWide = text.EndsWith('*');
        if (isWide) text = text[..^1];
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (name, type) = colon < 0 ? (text, "string") : (text[..colon], text[(colon + 1)..]);
        return new TableColumn(name, type == "name" ? "string" : type, name == "Name" || type == "name" ? "name" : "", Descriptions.Column(name) ?? "", isWide ? 1 : 0);
    }
}
