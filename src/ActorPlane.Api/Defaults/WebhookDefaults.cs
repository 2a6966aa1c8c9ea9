using ActorPlane.Api.AdmissionRegistration.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/admissionregistration/v1/defaults.go.</summary>
public static class WebhookDefaults
{
    private const int TimeoutSeconds = 10;
    private const int ServicePort = 443;

    /// <summary>A failing webhook refuses; all objects; ten seconds; never asked twice.</summary>
    public static MutatingWebhookConfiguration Apply(MutatingWebhookConfiguration value) => value with
    {
        Webhooks = value.Webhooks.Each(static w => w with
        {
            FailurePolicy = w.FailurePolicy ?? "Fail",
            MatchPolicy = w.MatchPolicy ?? "Equivalent",
            NamespaceSelector = w.NamespaceSelector ?? LabelSelector.Empty,
            ObjectSelector = w.ObjectSelector ?? LabelSelector.Empty,
            TimeoutSeconds = w.TimeoutSeconds ?? TimeoutSeconds,
            ReinvocationPolicy = w.ReinvocationPolicy ?? "Never",
            ClientConfig = Apply(w.ClientConfig),
            Rules = w.Rules.Each(Apply),
        }),
    };

    /// <summary>A failing webhook refuses; all objects; ten seconds.</summary>
    public static ValidatingWebhookConfiguration Apply(ValidatingWebhookConfiguration value) => value with
    {
        Webhooks = value.Webhooks.Each(static w => w with
        {
            FailurePolicy = w.FailurePolicy ?? "Fail",
            MatchPolicy = w.MatchPolicy ?? "Equivalent",
            NamespaceSelector = w.NamespaceSelector ?? LabelSelector.Empty,
            ObjectSelector = w.ObjectSelector ?? LabelSelector.Empty,
            TimeoutSeconds = w.TimeoutSeconds ?? TimeoutSeconds,
            ClientConfig = Apply(w.ClientConfig),
            Rules = w.Rules.Each(Apply),
        }),
    };

    /// <summary>A policy that cannot be evaluated refuses.</summary>
    public static ValidatingAdmissionPolicy Apply(ValidatingAdmissionPolicy value) => value with
    {
        Spec = value.Spec with
        {
            FailurePolicy = value.Spec.FailurePolicy ?? "Fail",
            MatchConstraints = value.Spec.MatchConstraints is { } constraints ? Apply(constraints) : null,
        },
    };

    /// <summary>All objects that the policy covers.</summary>
    public static ValidatingAdmissionPolicyBinding Apply(ValidatingAdmissionPolicyBinding value) => value.Spec.MatchResources is not { } resources
        ? value : value with { Spec = value.Spec with { MatchResources = Apply(resources) } };

    /// <summary>A server of an API listens where a webhook does. Source: kube-aggregator/pkg/apis/apiregistration/v1/defaults.go.</summary>
    public static ApiRegistration.V1.APIService Apply(ApiRegistration.V1.APIService value) => value.Spec.Service is not { Port: null } service
        ? value : value with { Spec = value.Spec with { Service = service with { Port = ServicePort } } };

    private static MatchResources Apply(MatchResources value) => value with
    {
        MatchPolicy = value.MatchPolicy ?? "Equivalent",
        NamespaceSelector = value.NamespaceSelector ?? LabelSelector.Empty,
        ObjectSelector = value.ObjectSelector ?? LabelSelector.Empty,
        ResourceRules = value.ResourceRules.Each(Apply),
        ExcludeResourceRules = value.ExcludeResourceRules.Each(Apply),
    };

    private static RuleWithOperations Apply(RuleWithOperations rule) => rule.Scope is null ? rule with { Scope = "*" } : rule;

    private static NamedRuleWithOperations Apply(NamedRuleWithOperations rule) => rule.Scope is null ? rule with { Scope = "*" } : rule;

    private static WebhookClientConfig Apply(WebhookClientConfig config) =>
        config.Service is { Port: null } service ? config with { Service = service with { Port = ServicePort } } : config;
}
