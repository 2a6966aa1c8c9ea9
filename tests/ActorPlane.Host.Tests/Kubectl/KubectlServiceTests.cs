using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>Services under kubectl: what they are given, what they keep and what is refused.</summary>
[Collection(HttpCollection.Name)]
public sealed class KubectlServiceTests(HttpFixture cluster)
{
    [KubectlFact]
    public async Task What_a_type_knows_nothing_of_goes_with_a_change_of_type()
    {
        var kubectl = await InNamespace("service-types");
        await kubectl.Run("apply -f -", Service("type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}]"));
        Assert.Equal("true Local", await kubectl.Run("get service s -o jsonpath={.spec.allocateLoadBalancerNodePorts}\u00a0{.spec.externalTrafficPolicy}"));
        Assert.StartsWith("3", await kubectl.Run("get service s -o jsonpath={.spec.healthCheckNodePort}"), StringComparison.Ordinal);
        var address = await kubectl.Run("get service s -o jsonpath={.spec.clusterIP}");

        await kubectl.Run("apply -f -", Service("type: ClusterIP, ports: [{port: 80}]"));
        var spec = await kubectl.Run("get service s -o jsonpath={.spec}");
        Assert.Contains($"\"clusterIP\":\"{address}\"", spec);
        foreach (var gone in (string[])["allocateLoadBalancerNodePorts", "externalTrafficPolicy", "healthCheckNodePort", "nodePort"]) Assert.DoesNotContain(gone, spec);

        await kubectl.Run("apply -f -", Service("type: ExternalName, externalName: example.com"));
        Assert.DoesNotContain("clusterIP", await kubectl.Run("get service s -o jsonpath={.spec}"));
    }

    [KubectlFact]
    public async Task Addresses_and_ports_are_kept_by_who_has_them()
    {
        var kubectl = await InNamespace("service-ports");
        var node = Service("type: NodePort, ports: [{port: 80, nodePort: 32111}]");
        await kubectl.Run("create -f -", node);
        Assert.Contains("spec.ports[0].nodePort: Invalid value: 32111: provided port is already allocated", await kubectl.Fails("create -f -", node));
        Assert.Equal("service/s replaced", await kubectl.Run("replace -f -", node));
        Assert.Contains("spec.clusterIPs[0]: Invalid value: []string{\"10.96.3.3\"}: may not change once set", await kubectl.Fails(
            "replace -f -", Service("type: NodePort, clusterIP: 10.96.3.3, ports: [{port: 80}]")));
        var address = await kubectl.Run("get service s -o jsonpath={.spec.clusterIP}");
        Assert.Equal(
            $"The Service \"other\" is invalid: spec.clusterIPs: Invalid value: []string{{\"{address}\"}}: failed to allocate IP {address}: provided IP is already allocated",
            await kubectl.Fails("create -f -", Service($"clusterIP: {address}, ports: [{{port: 80}}]").Replace("name: s", "name: other", StringComparison.Ordinal)));
        Assert.Contains("spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'", await kubectl.Fails(
            "create -f -", Service("ports: [{port: 80, nodePort: 32112}]").Replace("name: s", "name: other", StringComparison.Ordinal)));
        Assert.Contains("spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services", await kubectl.Fails(
            "create -f -", Service("ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]")));
    }

    [KubectlFact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var kubectl = await InNamespace("service-errors");
        var error = await kubectl.Fails("create -f -", Service("sessionAffinity: Foo, externalTrafficPolicy: Local, loadBalancerClass: x, ports: [{port: 0, protocol: X}, {port: 80}]"));
        Assert.Equal(
            """
            The Service "s" is invalid: 
            * spec.ports[0].name: Required value
            * spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
            * spec.ports[0].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"
            * spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive
            * spec.ports[1].name: Required value
            * spec.sessionAffinity: Unsupported value: "Foo": supported values: "ClientIP", "None"
            * spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'
            * spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services
            """.ReplaceLineEndings("\n"),
            error);
    }

    private static string Service(string spec) => $"#\n{{apiVersion: v1, kind: Service, metadata: {{name: s}}, spec: {{{spec}}}}}";

    private async Task<Kubectl> InNamespace(string name)
    {
        await new Kubectl(cluster.Kubeconfig, "default").Run("create namespace " + name);
        return new Kubectl(cluster.Kubeconfig, name);
    }
}
