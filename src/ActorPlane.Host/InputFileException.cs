namespace ActorPlane.Host;

/// <summary>A manifest or a configuration of the user cannot be used. The message is one line: file, line, field, and what is wrong.</summary>
public sealed class InputFileException(string file, int? line, string? field, string problem)
    : Exception($"{file}{(line is { } number ? $":{number}" : "")}: {(string.IsNullOrEmpty(field) ? "" : field + ": ")}{problem}");
