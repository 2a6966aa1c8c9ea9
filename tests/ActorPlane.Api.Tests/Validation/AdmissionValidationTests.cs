namespace ActorPlane.Api.Tests;

/// <summary>Webhook configurations and admission policies that break their rules, in the real server's words.</summary>
public sealed class AdmissionValidationTests
{
    private const string Group = "admissionregistration.k8s.io/v1";
    private const string Rule = "'rules':[{'operations':['CREATE'],'apiGroups':[''],'apiVersions':['v1'],'resources':['pods']}]";
    private const string Hook = "'name':'a.b.c','sideEffects':'None','admissionReviewVersions':['v1'],'clientConfig':{'url':'https://h/p'}";

    [Theory]
    [InlineData(Hook + "," + Rule, "")]
    [InlineData("'name':'a.b','sideEffects':'None','admissionReviewVersions':['v1'],'clientConfig':{'url':'https://h'}", "webhooks[0].name: Invalid value: \"a.b\": should be a domain with at least three segments separated by dots")]
    [InlineData("'name':'a.b.c','admissionReviewVersions':['v1'],'clientConfig':{'url':'https://h'}", "webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun")]
    [InlineData("'name':'a.b.c','sideEffects':'Some','clientConfig':{}", "webhooks[0].sideEffects: Unsupported value: \"Some\": supported values: \"None\", \"NoneOnDryRun\"\nwebhooks[0].clientConfig: Required value: exactly one of url or service is required\nwebhooks[0].admissionReviewVersions: Required value: must specify one of v1, v1beta1")]
    [InlineData(Hook + ",'failurePolicy':'x','matchPolicy':'y','timeoutSeconds':31", "webhooks[0].failurePolicy: Unsupported value: \"x\": supported values: \"Fail\", \"Ignore\"\nwebhooks[0].matchPolicy: Unsupported value: \"y\": supported values: \"Equivalent\", \"Exact\"\nwebhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds")]
    [InlineData(Hook + ",'rules':[{'operations':['*','CREATE'],'apiGroups':['*','a'],'apiVersions':[''],'resources':['*/*','pods']}]", "webhooks[0].rules[0].operations: Invalid value: []admissionregistration.OperationType{\"*\", \"CREATE\"}: if '*' is present, must not specify other operations\nwebhooks[0].rules[0].apiGroups: Invalid value: []string{\"*\", \"a\"}: if '*' is present, must not specify other API groups\nwebhooks[0].rules[0].apiVersions[0]: Required value\nwebhooks[0].rules[0].resources: Invalid value: []string{\"*/*\", \"pods\"}: if '*/*' is present, must not specify other resources")]
    [InlineData("'name':'a.b.c','sideEffects':'None','admissionReviewVersions':['v2'],'clientConfig':{'url':'http://u@/p?q#f'}", "webhooks[0].clientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; desired format: https://host[/path]\nwebhooks[0].clientConfig.url: Invalid value: \"\": host must be provided; desired format: https://host[/path]\nwebhooks[0].clientConfig.url: Invalid value: \"u\": user information is not permitted in the URL\nwebhooks[0].clientConfig.url: Invalid value: \"f\": fragments are not permitted in the URL\nwebhooks[0].clientConfig.url: Invalid value: \"q\": query parameters are not permitted in the URL\nwebhooks[0].admissionReviewVersions: Invalid value: []string{\"v2\"}: must include at least one of v1, v1beta1")]
    [InlineData("'name':'a.b.c','sideEffects':'None','admissionReviewVersions':['v1'],'clientConfig':{'service':{'namespace':'n','name':'s','path':'a//b','port':70000}}", "webhooks[0].clientConfig.service.port: Invalid value: 70000: port is not valid: must be between 1 and 65535, inclusive\nwebhooks[0].clientConfig.service.path: Invalid value: \"a//b\": must start with a '/'\nwebhooks[0].clientConfig.service.path: Invalid value: \"a//b\": segment[0] may not be empty\nwebhooks[0].clientConfig.service.path: Invalid value: \"a//b\": segment[1] may not be empty")]
    [InlineData(Hook + ",'matchConditions':[{'name':'','expression':' '}]", "webhooks[0].matchConditions[0].expression: Required value\nwebhooks[0].matchConditions[0].name: Required value")]
    public void A_webhook_says_what_it_is_asked_and_where_it_is(string hook, string expected)
    {
        Assert.Equal(expected, Invalid.New(Group, "ValidatingWebhookConfiguration", $"'webhooks':[{{{hook}}}]"));
        Assert.Equal(expected, Invalid.New(Group, "MutatingWebhookConfiguration", $"'webhooks':[{{{hook}}}]"));
    }

    [Fact]
    public void The_webhooks_of_one_configuration_differ_by_name() =>
        Assert.Equal("webhooks[1].name: Duplicate value: \"a.b.c\"", Invalid.New(Group, "ValidatingWebhookConfiguration", $"'webhooks':[{{{Hook}}},{{{Hook}}}]"));

    [Theory]
    [InlineData("'matchConstraints':{'resourceRules':[{'operations':['CREATE'],'apiGroups':[''],'apiVersions':['v1'],'resources':['pods']}]},'validations':[{'expression':'true'}]", "")]
    [InlineData("'failurePolicy':'x'", "spec.failurePolicy: Unsupported value: \"x\": supported values: \"Fail\", \"Ignore\"\nspec.matchConstraints: Required value\nspec.validations: Required value: validations or auditAnnotations must contain at least one item\nspec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item")]
    [InlineData("'matchConstraints':{},'paramKind':{'apiVersion':'a/b/c','kind':'-'},'variables':[{'name':'for','expression':'1'}],'validations':[{'expression':'','message':'a\\nb','reason':'No'}]", "spec.paramKind.apiVersion: Invalid value: \"a/b/c\": unexpected GroupVersion string: a/b/c\nspec.paramKind.kind: Invalid value: \"-\": may have mixed case, but should otherwise match: a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')\nspec.matchConstraints.resourceRules: Required value\nspec.variables[0].name: Invalid value: \"for\": name is not a valid CEL identifier\nspec.validations[0].expression: Required value: expression is not specified\nspec.validations[0].message: Invalid value: \"a\\nb\": message must not contain line breaks\nspec.validations[0].reason: Unsupported value: \"No\": supported values: \"Forbidden\", \"Invalid\", \"RequestEntityTooLarge\"")]
    public void A_policy_says_what_it_is_about_and_what_it_asks(string spec, string expected) =>
        Assert.Equal(expected, Invalid.New(Group, "ValidatingAdmissionPolicy", $"'spec':{{{spec}}}"));

    [Theory]
    [InlineData("'policyName':'p','validationActions':['Deny']", "")]
    [InlineData("", "spec.policyName: Required value\nspec.validationActions: Required value: at least one validation action is required")]
    [InlineData("'policyName':'p','validationActions':['Deny','Warn','Warn','x'],'paramRef':{}", "spec.paramRef: Required value: one of name or selector must be specified\nspec.paramRef.parameterNotFoundAction: Required value\nspec.validationActions[2]: Duplicate value: \"Warn\"\nspec.validationActions[3]: Unsupported value: \"x\": supported values: \"Audit\", \"Deny\", \"Warn\"\nspec.validationActions: Invalid value: []admissionregistration.ValidationAction{\"Deny\", \"Warn\", \"Warn\", \"x\"}: must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)")]
    public void A_binding_names_a_policy_and_what_follows(string spec, string expected) =>
        Assert.Equal(expected, Invalid.New(Group, "ValidatingAdmissionPolicyBinding", $"'spec':{{{spec}}}"));
}
