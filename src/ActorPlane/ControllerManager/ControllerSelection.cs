using ActorPlane.Settings;

namespace ActorPlane.ControllerManager;

/// <summary>
/// Which controllers run, in the syntax of kube-controller-manager's <c>--controllers</c>: names with commas between,
/// <c>*</c> for all that are on by default, <c>-name</c> for none of that name. The first entry that names a controller
/// counts. (<c>staging/src/k8s.io/controller-manager/app/helper.go</c>, IsControllerEnabled.)
/// </summary>
public sealed class ControllerSelection
{
    /// <summary>The setting behind it.</summary>
    public const string Key = "actorplane.controller-manager.controllers";

    private readonly string[] _entries;

    private ControllerSelection(string[] entries) => _entries = entries;

    /// <summary>Whether all controllers run.</summary>
    public bool IsAll => ControllerNames.Here.All(IsEnabled);

    /// <summary>Whether none does.</summary>
    public bool IsNone => !ControllerNames.Here.Any(IsEnabled);

    /// <summary>From a text such as <c>*,-deployment-controller</c>.</summary>
    /// <param name="key">What an error names.</param>
    /// <exception cref="SettingsException">An entry names no controller, or asks for one that is not here.</exception>
    public static ControllerSelection Parse(string text, string key = Key)
    {
        var entries = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i] == "*") continue;
            var (sign, name) = entries[i][0] == '-' ? ("-", entries[i][1..]) : ("", entries[i]);
            var full = ControllerNames.FullName(name) ?? throw new SettingsException(key, $"names \"{name}\", which is not in the list of known controllers");
            if (sign.Length == 0 && !ControllerNames.Here.Contains(full)) throw new SettingsException(key, $"asks for {full}, which this control plane does not have");
            entries[i] = sign + full;
        }

        return new ControllerSelection(entries);
    }

    /// <summary>Whether a controller runs.</summary>
    /// <param name="name">Its full name, such as <c>deployment-controller</c>.</param>
    public bool IsEnabled(string name)
    {
        foreach (var entry in _entries)
        {
            if (entry == name) return true;
            if (entry.Length == name.Length + 1 && entry[0] == '-' && entry.EndsWith(name, StringComparison.Ordinal)) return false;
        }

        return _entries.Contains("*");
    }
}
