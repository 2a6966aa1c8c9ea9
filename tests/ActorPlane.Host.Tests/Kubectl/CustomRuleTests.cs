using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>Rules in CEL of custom resources, as whoever writes them with kubectl meets them.</summary>
[Collection(HttpCollection.Name)]
public sealed class CustomRuleTests(HttpFixture cluster)
{
    private const string Group = "celrules.example.com";

    [KubectlFact]
    public async Task Objects_are_held_to_the_rules_of_their_definition_by_every_way_to_write_them()
    {
        var kubectl = new Kubectl(cluster.Kubeconfig, "default");
        Assert.Equal(
            $"customresourcedefinition.apiextensions.k8s.io/gates.{Group} created",
            await kubectl.Run("create -f -", Definition("gates", "Gate", """
                x-kubernetes-validations:
                - {rule: "self.min <= self.max", message: "min is above max", fieldPath: ".min"}
                - {rule: "self.class == oldSelf.class", message: "class is immutable", reason: FieldValueForbidden}
                - {rule: "!has(self.size) || quantity(self.size).isLessThan(quantity('1Gi'))", messageExpression: "'size %s is too much'.format([self.size])"}
                """)));
        await kubectl.Run($"wait --for=condition=Established crd/gates.{Group} --timeout=50s");

        Assert.Equal(
            "The Gate \"one\" is invalid: spec.min: Invalid value: \"object\": min is above max",
            await kubectl.Fails("create -f -", Gate("Gate", "min: 3, max: 2, class: a")));
        Assert.Equal($"gate.{Group}/one created", await kubectl.Run("create -f -", Gate("Gate", "min: 1, max: 2, class: a")));
        Assert.Equal("The Gate \"one\" is invalid: spec: Forbidden: class is immutable", await kubectl.Fails("patch gates one --type=merge -p {\"spec\":{\"class\":\"b\"}}"));
        Assert.Equal(
            "The Gate \"one\" is invalid: spec: Invalid value: \"object\": size 2Gi is too much", await kubectl.Fails("apply --server-side -f -", Gate("Gate", "min: 1, max: 2, class: a, size: 2Gi")));
        Assert.Equal(
            "The Gate \"one\" is invalid: status: Invalid value: \"object\": failed rule: self.ready >= 0", await kubectl.Fails("patch gates one --subresource=status --type=merge -p {\"status\":{\"ready\":-1}}"));
        var refused = await kubectl.Fails("apply -f -", Gate("Gate", "min: 5, max: 2, class: b"));
        Assert.Contains("* spec.min: Invalid value: \"object\": min is above max", refused);
        Assert.Contains("* spec: Forbidden: class is immutable", refused);
        Assert.Equal($"gate.{Group}/one patched", await kubectl.Run("patch gates one --type=merge -p {\"spec\":{\"max\":7}}"));
        await kubectl.Run($"delete crd gates.{Group} --timeout=50s");
    }

    [KubectlFact]
    public async Task What_was_there_before_a_rule_may_stay_and_whoever_writes_is_warned()
    {
        var kubectl = new Kubectl(cluster.Kubeconfig, "default");
        await kubectl.Run("create -f -", Definition("walls", "Wall", "x-kubernetes-validations: []"));
        await kubectl.Run($"wait --for=condition=Established crd/walls.{Group} --timeout=50s");
        await kubectl.Run("create -f -", Gate("Wall", "min: 5, max: 2, class: a"));
        await kubectl.Run("replace -f -", Definition("walls", "Wall", "x-kubernetes-validations: []", ", x-kubernetes-validations: [{rule: self < 3}]"));

        // The server takes the definition up a moment after it is stored.
        for (var tries = 0; (await kubectl.Try("create --dry-run=server -f -", Gate("Wall", "min: 5").Replace("name: one", "name: two", StringComparison.Ordinal))).Code == 0; tries++)
        {
            Assert.True(tries < 300, "objects are never held to the rule");
            await Task.Delay(100);
        }

        var (code, output, warning) = await kubectl.Try("patch walls one --type=merge -p {\"spec\":{\"class\":\"b\"}}");
        Assert.Equal((0, $"wall.{Group}/one patched\n", "Warning: spec.min: Invalid value: \"integer\": failed rule: self < 3\n"), (code, output, warning));
        Assert.Equal("The Wall \"one\" is invalid: spec.min: Invalid value: \"integer\": failed rule: self < 3", await kubectl.Fails("patch walls one --type=merge -p {\"spec\":{\"min\":6}}"));
        await kubectl.Run($"delete crd walls.{Group} --timeout=50s");
    }

    [KubectlFact]
    public async Task A_definition_with_a_rule_that_does_not_compile_is_refused()
    {
        var kubectl = new Kubectl(cluster.Kubeconfig, "default");
        var refused = await kubectl.Fails("create -f -", Definition("doors", "Door", "x-kubernetes-validations: [{rule: \"self.mim <= self.max\"}]"));
        Assert.StartsWith(
            $"The CustomResourceDefinition \"doors.{Group}\" is invalid: spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value: apiextensions.ValidationRule{{Rule:\"self.mim <= self.max\", ",
            refused, StringComparison.Ordinal);
        Assert.EndsWith("compilation failed: ERROR: <input>:1:5: undefined field 'mim'\n | self.mim <= self.max\n | ....^", refused, StringComparison.Ordinal);
    }

    private static string Gate(string kind, string spec) => $$"""
        apiVersion: {{Group}}/v1
        kind: {{kind}}
        metadata: {name: one}
        spec: { {{spec}} }
        """;

    private static string Definition(string plural, string kind, string rules, string minRules = "") => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: {{plural}}.{{Group}}}
        spec:
          group: {{Group}}
          scope: Namespaced
          names: {plural: {{plural}}, singular: {{kind.ToLowerInvariant()}}, kind: {{kind}}}
          versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {} }
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      min: {type: integer{{minRules}}}
                      max: {type: integer}
                      class: {type: string, maxLength: 20}
                      size: {type: string, maxLength: 20}
        {{string.Join('\n', rules.Split('\n').Select(line => new string(' ', 12) + line))}}
                  status:
                    type: object
                    properties:
                      ready: {type: integer}
                    x-kubernetes-validations:
                    - {rule: "self.ready >= 0"}

        """;
}
