using ActorPlane.Settings;

namespace ActorPlane.ApiServer;

/// <summary>Which of the admission plugins that can be turned off are on; <c>--disable-admission-plugins</c> of the real server.</summary>
/// <param name="ServiceAccount">Pods get a service account and a volume with its token.</param>
/// <param name="LimitRanger">LimitRanges are applied.</param>
/// <param name="ResourceQuota">ResourceQuotas are enforced.</param>
/// <param name="TaintNodesByCondition">A new node that is not ready gets a taint that says so.</param>
/// <param name="DefaultTolerationSeconds">Pods stay for a while on a node that is not ready or unreachable.</param>
public sealed record AdmissionPlugins(bool ServiceAccount, bool LimitRanger, bool ResourceQuota, bool TaintNodesByCondition, bool DefaultTolerationSeconds)
{
    /// <summary>All of them.</summary>
    public static AdmissionPlugins All { get; } = new(true, true, true, true, true);

    /// <summary>All but those named; a name that is unknown is a <see cref="SettingsException"/>.</summary>
    public static AdmissionPlugins Except(IReadOnlyList<string> disabled)
    {
        var plugins = All;
        foreach (var name in disabled)
        {
            plugins = name switch
            {
                nameof(ServiceAccount) => plugins with { ServiceAccount = false },
                nameof(LimitRanger) => plugins with { LimitRanger = false },
                nameof(ResourceQuota) => plugins with { ResourceQuota = false },
                nameof(TaintNodesByCondition) => plugins with { TaintNodesByCondition = false },
                nameof(DefaultTolerationSeconds) => plugins with { DefaultTolerationSeconds = false },
                _ => throw new SettingsException(
                    "actorplane.apiserver.disabled-admission-plugins",
                    $"names {name}; ServiceAccount, LimitRanger, ResourceQuota, TaintNodesByCondition and DefaultTolerationSeconds can be turned off."),
            };
        }

        return plugins;
    }
}
