namespace ActorPlane.Host.Manifests;

/// <summary>A manifest cannot be applied. The message is one line: file, line, field, and what is wrong.</summary>
public sealed class ManifestException(string file, int? line, string? field, string problem)
    : Exception($"{file}{(line is { } number ? $":{number}" : "")}: {(string.IsNullOrEmpty(field) ? "" : field + ": ")}{problem}");
