namespace ActorPlane.Host.Live;

/// <summary>Finds the line of a HOCON text on which a key is set: a parsed configuration does not know it any more.</summary>
internal static class ConfigLines
{
    /// <summary>The last line, counted from 1, that sets a key or opens a section of its name; null when there is none.</summary>
    /// <param name="text">HOCON that can be parsed.</param>
    /// <param name="key">The whole key, such as <c>actorplane.kubelet.version</c>.</param>
    public static int? LineOf(string text, string key)
    {
        var sections = new Stack<string>();
        var (path, isValue, found, number) = ("", false, (int?)null, 0);
        foreach (var line in text.Split('\n'))
        {
            number++;
            var name = "";
            for (var at = 0; at < line.Length; at++)
            {
                switch (line[at])
                {
                    case '#':
                    case '/' when line.AsSpan(at).StartsWith("//", StringComparison.Ordinal):
                        at = line.Length;
                        break;
                    case '"':
                        var end = line.IndexOf('"', at + 1);
                        if (end < 0) end = line.Length;
                        name += line[(at + 1)..end];
                        at = end;
                        break;
                    case '$' when isValue:
                        // A substitution has braces of its own.
                        name += "$";
                        at = Math.Max(at, line.IndexOf('}', at));
                        break;
                    case '=' or ':' when !isValue:
                        path = Below(sections, name);
                        if (path == key) found = number;
                        (name, isValue) = ("", true);
                        break;
                    case '{':
                        if (!isValue)
                        {
                            path = Below(sections, name);
                            if (path == key) found = number;
                        }

                        sections.Push(path);
                        (name, isValue) = ("", false);
                        break;
                    case '}':
                        sections.TryPop(out _);
                        (name, isValue) = ("", false);
                        break;
                    case ',':
                        (name, isValue) = ("", false);
                        break;
                    default:
                        name += line[at];
                        break;
                }
            }

            // A value may begin on the line below its key, but only a section does.
            isValue = isValue && name.Trim().Length == 0;
        }

        return found;
    }

    private static string Below(Stack<string> sections, string name)
    {
        name = name.Trim().TrimEnd('+').TrimEnd();
        return sections.TryPeek(out var section) && section.Length > 0 ? $"{section}.{name}" : name;
    }
}
