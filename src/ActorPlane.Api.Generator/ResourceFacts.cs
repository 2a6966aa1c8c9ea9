namespace ActorPlane.Api.Generator;

/// <summary>What discovery tells and the schema does not: short names, categories, odd storage versions.</summary>
internal static class ResourceFacts
{
    public static readonly IReadOnlyDictionary<string, string[]> ShortNames = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["componentstatuses"] = ["cs"],
        ["configmaps"] = ["cm"],
        ["endpoints"] = ["ep"],
        ["events"] = ["ev"],
        ["limitranges"] = ["limits"],
        ["namespaces"] = ["ns"],
        ["nodes"] = ["no"],
        ["persistentvolumeclaims"] = ["pvc"],
        ["persistentvolumes"] = ["pv"],
        ["pods"] = ["po"],
        ["replicationcontrollers"] = ["rc"],
        ["resourcequotas"] = ["quota"],
        ["serviceaccounts"] = ["sa"],
        ["services"] = ["svc"],
        ["customresourcedefinitions"] = ["crd", "crds"],
        ["daemonsets"] = ["ds"],
        ["deployments"] = ["deploy"],
        ["replicasets"] = ["rs"],
        ["statefulsets"] = ["sts"],
        ["horizontalpodautoscalers"] = ["hpa"],
        ["cronjobs"] = ["cj"],
        ["certificatesigningrequests"] = ["csr"],
        ["ingresses"] = ["ing"],
        ["networkpolicies"] = ["netpol"],
        ["poddisruptionbudgets"] = ["pdb"],
        ["priorityclasses"] = ["pc"],
        ["storageclasses"] = ["sc"],
        ["volumeattributesclasses"] = ["vac"],
        ["ipaddresses"] = ["ip"],
    };

    public static readonly IReadOnlyDictionary<string, string[]> Categories = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["pods"] = ["all"],
        ["replicationcontrollers"] = ["all"],
        ["services"] = ["all"],
        ["daemonsets"] = ["all"],
        ["deployments"] = ["all"],
        ["replicasets"] = ["all"],
        ["statefulsets"] = ["all"],
        ["horizontalpodautoscalers"] = ["all"],
        ["cronjobs"] = ["all"],
        ["jobs"] = ["all"],
        ["mutatingwebhookconfigurations"] = ["api-extensions"],
        ["validatingwebhookconfigurations"] = ["api-extensions"],
        ["validatingadmissionpolicies"] = ["api-extensions"],
        ["validatingadmissionpolicybindings"] = ["api-extensions"],
        ["customresourcedefinitions"] = ["api-extensions"],
        ["apiservices"] = ["api-extensions"],
    };

    /// <summary>Kinds that are stored as another group's or version's kind.</summary>
    public static readonly IReadOnlyDictionary<string, (string Group, string Version)> StoredAs =
        new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            ["autoscaling/v1/horizontalpodautoscalers"] = ("autoscaling", "v2"),
            ["events.k8s.io/v1/events"] = ("", "v1"),
        };
}
