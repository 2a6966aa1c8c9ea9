using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api.Tests;

public sealed class ValidatorTests
{
    private static readonly Pod Good = Defaulting.Apply(new Pod
    {
        Metadata = new() { Name = "p", Namespace = "default" },
        Spec = new() { Containers = [new Container { Name = "c", Image = "i" }] },
    });

    [Fact]
    public void A_good_pod_is_good()
    {
        Assert.Empty(Validator.Validate(Good));
    }

    [Fact]
    public void A_bad_name_without_containers_is_refused_as_a_real_server_does()
    {
        var pod = Defaulting.Apply(new Pod { Metadata = new() { Name = "BAD_NAME", Namespace = "default" } });

        var status = ApiErrors.Invalid(new GroupVersionKind("", "v1", "Pod"), "BAD_NAME", Validator.Validate(pod));

        Assert.Equal(
            "Pod \"BAD_NAME\" is invalid: [metadata.name: Invalid value: \"BAD_NAME\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), spec.containers: Required value]",
            status.Message);
        Assert.Equal(["FieldValueInvalid", "FieldValueRequired"], status.Details!.Causes.Select(c => c.Reason));
    }

    [Theory]
    [InlineData("""{"containers":[{"name":"c"}]}""", "spec.containers[0].image: Required value")]
    [InlineData("""{"containers":[{"name":"c","image":"i"},{"name":"c","image":"i"}]}""", "spec.containers[1].name: Duplicate value: \"c\"")]
    [InlineData("""{"containers":[{"name":"c","image":"i","ports":[{"containerPort":70000}]}]}""", "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive")]
    [InlineData("""{"containers":[{"name":"c","image":"i","volumeMounts":[{"name":"v","mountPath":"/x"}]}]}""", "spec.containers[0].volumeMounts[0].name: Not found: \"v\"")]
    [InlineData("""{"containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"2"},"limits":{"cpu":"1"}}}]}""", "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1")]
    [InlineData("""{"containers":[{"name":"c","image":"i","imagePullPolicy":"Sometimes"}]}""", "spec.containers[0].imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"IfNotPresent\", \"Never\"")]
    [InlineData("""{"containers":[{"name":"c","image":"i"}],"restartPolicy":"Maybe"}""", "spec.restartPolicy: Unsupported value: \"Maybe\": supported values: \"Always\", \"OnFailure\", \"Never\"")]
    [InlineData("""{"containers":[{"name":"c","image":"i"}],"tolerations":[{"operator":"Exists","tolerationSeconds":5}]}""", "spec.tolerations[0].effect: Invalid value: \"\": effect must be 'NoExecute' when `tolerationSeconds` is set")]
    [InlineData("""{"containers":[{"name":"c","image":"i"}],"nodeSelector":{"a b":"c"}}""", "spec.nodeSelector: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")]
    public void A_pod_that_breaks_one_rule_is_refused_for_it(string spec, string error)
    {
        var pod = Defaulting.Apply(Good with { Spec = JsonCodec.Decode<PodSpec>(System.Text.Encoding.UTF8.GetBytes(spec)) });
        Assert.Equal([error], Validator.Validate(pod).Select(e => e.ToString()));
    }

    [Fact]
    public void The_image_of_a_pod_may_change_and_its_command_may_not()
    {
        var image = Good with { Spec = Good.Spec with { Containers = [Good.Spec.Containers[0] with { Image = "other" }] } };
        var command = Good with { Spec = Good.Spec with { Containers = [Good.Spec.Containers[0] with { Command = ["sh"] }] } };

        Assert.Empty(Validator.ValidateUpdate(image, Good));
        Assert.StartsWith("spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`", Assert.Single(Validator.ValidateUpdate(command, Good)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tolerations_of_a_pod_may_only_be_added()
    {
        var before = Good with { Spec = Good.Spec with { Tolerations = [new Toleration { Key = "a", Operator = "Exists" }] } };
        var more = before with { Spec = before.Spec with { Tolerations = before.Spec.Tolerations.Add(new Toleration { Key = "b", Operator = "Exists" }) } };

        Assert.Empty(Validator.ValidateUpdate(more, before));
        Assert.Equal("spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds", Assert.Single(Validator.ValidateUpdate(before, more)).ToString());
    }

    [Fact]
    public void A_deployment_whose_selector_does_not_fit_its_template_is_refused()
    {
        var deployment = Defaulting.Apply(new Deployment
        {
            Metadata = new() { Name = "d", Namespace = "default" },
            Spec = new()
            {
                Selector = new() { MatchLabels = ValueMap.Of(("app", "web")) },
                Template = new() { Metadata = new() { Labels = ValueMap.Of(("app", "api")) }, Spec = Good.Spec },
            },
        });

        Assert.Equal(
            "spec.template.metadata.labels: Invalid value: map[string]string{\"app\":\"api\"}: `selector` does not match template `labels`",
            Assert.Single(Validator.Validate(deployment)).ToString());
    }

    [Fact]
    public void The_selector_of_a_deployment_stays()
    {
        var old = new Deployment { Metadata = new() { Name = "d", Namespace = "n" }, Spec = new() { Selector = new() { MatchLabels = ValueMap.Of(("app", "web")) } } };
        var changed = old with { Spec = old.Spec with { Selector = new() { MatchLabels = ValueMap.Of(("app", "api")) } } };

        Assert.Contains(
            "spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{\"app\":\"api\"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable",
            Validator.ValidateUpdate(changed, old).Select(e => e.ToString()));
    }

    [Fact]
    public void A_service_without_ports_is_refused_unless_it_is_headless()
    {
        var service = Defaulting.Apply(new Service { Metadata = new() { Name = "s", Namespace = "n" } });
        Assert.Equal("spec.ports: Required value", Assert.Single(Validator.Validate(service)).ToString());
        Assert.Empty(Validator.Validate(service with { Spec = service.Spec with { ClusterIP = "None", ClusterIPs = ["None"] } }));
    }

    [Fact]
    public void Metadata_is_checked_for_every_kind()
    {
        var map = new ConfigMap { Metadata = new() { Labels = ValueMap.Of(("a", "b c")), Namespace = "n" } };
        Assert.Equal(
            [
                "metadata.name: Required value: name or generateName is required",
                "metadata.labels: Invalid value: \"b c\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
            ],
            Validator.Validate(map).Select(e => e.ToString()));
    }
}
