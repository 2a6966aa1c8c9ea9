namespace ActorPlane.Api.Tests;

/// <summary>Objects in JSON, with their defaults, and what is wrong with them.</summary>
internal static class Invalid
{
    /// <summary>An object named <c>x</c>, in the namespace <c>n</c> where its kind has namespaces.</summary>
    public static IKubeObject Item(string apiVersion, string kind, string content, string name = "x")
    {
        var schema = KubeTypes.Schema(GroupVersionKind.From(apiVersion, kind))!;
        var scope = KubeTypes.Find(apiVersion, kind)!.Namespaced ? ",\"namespace\":\"n\"" : "";
        var tree = JsonValue.Parse($"{{\"apiVersion\":\"{apiVersion}\",\"kind\":\"{kind}\",\"metadata\":{{\"name\":\"{name}\"{scope}}},{content}}}");
        return Defaulting.Apply((IKubeObject)JsonCodec.Decode(schema, tree, strict: false, out _));
    }

    /// <summary>One line for each thing that is wrong with a new object. Content with apostrophes for quotes is read too.</summary>
    public static string New(string apiVersion, string kind, string content, string name = "x") => Lines(Validator.Validate(Item(apiVersion, kind, Quoted(content), name)));

    /// <summary>One line for each thing that is wrong with a change.</summary>
    public static string Change(string apiVersion, string kind, string before, string after) =>
        Lines(Validator.ValidateUpdate(Item(apiVersion, kind, Quoted(after)), Item(apiVersion, kind, Quoted(before))));

    private static string Quoted(string content) => content.Replace('\'', '"');

    private static string Lines(IEnumerable<FieldError> errors) => string.Join('\n', errors);
}
