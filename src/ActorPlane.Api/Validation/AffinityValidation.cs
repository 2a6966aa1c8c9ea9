using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go validateAffinity.</summary>
internal static class AffinityValidation
{
    public static void Validate(List<FieldError> errors, FieldPath path, Affinity? affinity)
    {
        if (affinity?.NodeAffinity is { } node)
        {
            var at = path.Child("nodeAffinity");
            if (node.RequiredDuringSchedulingIgnoredDuringExecution is { } required) Selector(errors, at.Child("requiredDuringSchedulingIgnoredDuringExecution"), required);
            for (var i = 0; i < node.PreferredDuringSchedulingIgnoredDuringExecution.Count; i++)
            {
                var preferred = node.PreferredDuringSchedulingIgnoredDuringExecution[i];
                var item = at.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i);
                Weight(errors, item.Child("weight"), preferred.Weight);
                Term(errors, item.Child("preference"), preferred.Preference, isRequired: false);
            }
        }

        if (affinity?.PodAffinity is { } pod)
        {
            Terms(errors, path.Child("podAffinity"), pod.RequiredDuringSchedulingIgnoredDuringExecution, pod.PreferredDuringSchedulingIgnoredDuringExecution);
        }

        if (affinity?.PodAntiAffinity is { } anti)
        {
            Terms(errors, path.Child("podAntiAffinity"), anti.RequiredDuringSchedulingIgnoredDuringExecution, anti.PreferredDuringSchedulingIgnoredDuringExecution);
        }
    }

    public static void Selector(List<FieldError> errors, FieldPath path, NodeSelector selector)
    {
        if (selector.NodeSelectorTerms.IsEmpty) errors.Add(FieldError.Required(path.Child("nodeSelectorTerms"), "must have at least one node selector term"));
        for (var i = 0; i < selector.NodeSelectorTerms.Count; i++) Term(errors, path.Child("nodeSelectorTerms").Index(i), selector.NodeSelectorTerms[i], isRequired: true);
    }

    /// <param name="isRequired">What is only preferred may name values that no label has.</param>
    private static void Term(List<FieldError> errors, FieldPath path, NodeSelectorTerm term, bool isRequired)
    {
        for (var i = 0; i < term.MatchExpressions.Count; i++)
        {
            var at = path.Child("matchExpressions").Index(i);
            var requirement = term.MatchExpressions[i];
            switch (requirement.Operator)
            {
                case "In" or "NotIn":
                    if (requirement.Values.IsEmpty) errors.Add(FieldError.Required(at.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'"));
                    break;
                case "Exists" or "DoesNotExist":
                    if (!requirement.Values.IsEmpty) errors.Add(FieldError.Forbidden(at.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                    break;
                case "Gt" or "Lt":
                    if (requirement.Values.Count != 1) errors.Add(FieldError.Required(at.Child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'"));
                    break;
                default:
                    errors.Add(FieldError.Invalid(at.Child("operator"), requirement.Operator, "not a valid selector operator"));
                    break;
            }

            Checks.All(errors, at.Child("key"), requirement.Key, NameRules.QualifiedName(requirement.Key ?? ""));
            for (var v = 0; v < requirement.Values.Count && isRequired; v++)
                Checks.All(errors, at.Child("values").Index(v), requirement.Values[v], NameRules.LabelValue(requirement.Values[v]));
        }

        for (var i = 0; i < term.MatchFields.Count; i++)
        {
            var at = path.Child("matchFields").Index(i);
            var requirement = term.MatchFields[i];
            if (requirement.Operator is not ("In" or "NotIn")) errors.Add(FieldError.Invalid(at.Child("operator"), requirement.Operator, "not a valid selector operator"));
            else if (requirement.Values.Count != 1) errors.Add(FieldError.Required(at.Child("values"), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"));
            if (requirement.Key != "metadata.name")
            {
                errors.Add(FieldError.Invalid(at.Child("key"), requirement.Key, "not a valid field selector key"));
                continue;
            }

            for (var v = 0; v < requirement.Values.Count; v++)
                Checks.All(errors, at.Child("values").Index(v), requirement.Values[v], NameRules.DnsSubdomain(requirement.Values[v]));
        }
    }

    private static void Terms(List<FieldError> errors, FieldPath path, ValueList<PodAffinityTerm> required, ValueList<WeightedPodAffinityTerm> preferred)
    {
        for (var i = 0; i < required.Count; i++) Term(errors, path.Child("requiredDuringSchedulingIgnoredDuringExecution").Index(i), required[i]);
        for (var i = 0; i < preferred.Count; i++)
        {
            var at = path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i);
            Weight(errors, at.Child("weight"), preferred[i].Weight);
            Term(errors, at.Child("podAffinityTerm"), preferred[i].PodAffinityTerm);
        }
    }

    private static void Term(List<FieldError> errors, FieldPath path, PodAffinityTerm term)
    {
        Checks.Selector(errors, path.Child("labelSelector"), term.LabelSelector);
        Checks.Selector(errors, path.Child("namespaceSelector"), term.NamespaceSelector);
        foreach (var name in term.Namespaces) Checks.All(errors, path.Child("namespace"), name, NameRules.DnsLabel(name));
        Keys(errors, path.Child("matchLabelKeys"), term.MatchLabelKeys, term);
        Keys(errors, path.Child("mismatchLabelKeys"), term.MismatchLabelKeys, term);
        for (var i = 0; i < term.MatchLabelKeys.Count; i++)
        {
            if (term.MismatchLabelKeys.Contains(term.MatchLabelKeys[i]))
                errors.Add(FieldError.Invalid(path.Child("matchLabelKeys").Index(i), term.MatchLabelKeys[i], "exists in both matchLabelKeys and mismatchLabelKeys"));
        }

        if (term.TopologyKey.IsBlank()) errors.Add(FieldError.Required(path.Child("topologyKey"), "can not be empty"));
        Checks.All(errors, path.Child("topologyKey"), term.TopologyKey, NameRules.QualifiedName(term.TopologyKey ?? ""));
    }

    private static void Keys(List<FieldError> errors, FieldPath path, ValueList<string> keys, PodAffinityTerm term)
    {
        if (keys.IsEmpty) return;
        if (term.LabelSelector is null) errors.Add(FieldError.Forbidden(path, "must not be specified when labelSelector is not set"));
        else for (var i = 0; i < keys.Count; i++) Checks.All(errors, path.Index(i), keys[i], NameRules.QualifiedName(keys[i]));
    }

    private static void Weight(List<FieldError> errors, FieldPath path, int? weight)
    {
        if (weight is not (>= 1 and <= 100)) errors.Add(FieldError.Invalid(path, weight ?? 0, "must be in the range 1-100"));
    }
}
