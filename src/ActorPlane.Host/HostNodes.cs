using ActorPlane.Api;
using ActorPlane.Settings;

namespace ActorPlane.Host;

/// <summary>How many nodes, and what each has.</summary>
internal sealed record HostNodes(int Nodes, string Cpu, string Memory)
{
    /// <summary>From the options; a bad quantity is a <see cref="SettingsException"/> that names the option.</summary>
    public static HostNodes Parse(RunOptions options) =>
        new(options.Nodes, Checked("--cpu", options.Cpu), Checked("--memory", options.Memory));

    private static string Checked(string option, string text)
    {
        if (!Quantity.TryParse(text, out var quantity, out var error)) throw new SettingsException(option, $"\"{text}\" is no quantity: {error}");
        return quantity.Sign > 0 ? text : throw new SettingsException(option, "must be more than 0");
    }
}
