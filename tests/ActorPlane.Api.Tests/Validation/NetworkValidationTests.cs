namespace ActorPlane.Api.Tests;

/// <summary>Services, endpoints, ingresses and policies that break the rules, in the real server's words.</summary>
public sealed class NetworkValidationTests
{
    private const string Networking = "networking.k8s.io/v1";

    [Theory]
    [InlineData("'defaultBackend':{'service':{'name':'s','port':{'number':80}}}", "")]
    [InlineData("'rules':[{'host':'1.2.3.4','http':{'paths':[{'path':'/a//b','pathType':'Prefix','backend':{'resource':{'kind':'K'}}},{'path':'x','pathType':'y','backend':{}}]}}],'tls':[{'hosts':['*.a','b.*'],'secretName':'S'}]", "spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address\nspec.rules[0].http.paths[0].path: Invalid value: \"/a//b\": must not contain '//'\nspec.rules[0].http.paths[0].backend.resource.name: Required value: name is required\nspec.rules[0].http.paths[1].pathType: Unsupported value: \"y\": supported values: \"Exact\", \"ImplementationSpecific\", \"Prefix\"\nspec.rules[0].http.paths[1].backend: Invalid value: \"\": resource or service backend is required\nspec.tls[0].hosts[1]: Invalid value: \"b.*\": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')\nspec.tls[0].secretName: Invalid value: \"S\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")]
    [InlineData("'rules':[{'http':{'paths':[{'backend':{}}]}}]", "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified")]
    public void An_ingress_leads_somewhere(string spec, string expected) => Assert.Equal(expected, Invalid.New(Networking, "Ingress", $"'spec':{{{spec}}}"));

    [Theory]
    [InlineData("'ingress':[{'ports':[{'port':80,'endPort':79},{'port':'http','endPort':1},{'endPort':1,'protocol':'x'}]}]", "spec.ingress[0].ports[0].endPort: Invalid value: 79: must be greater than or equal to `port`\nspec.ingress[0].ports[1].endPort: Invalid value: 1: may not be specified when `port` is non-numeric\nspec.ingress[0].ports[2].protocol: Unsupported value: \"x\": supported values: \"TCP\", \"UDP\", \"SCTP\"\nspec.ingress[0].ports[2].endPort: Invalid value: 1: may not be specified when `port` is not specified")]
    [InlineData("'egress':[{'to':[{'ipBlock':{'cidr':'10.0.0.0/8','except':['10.0.0.0/8','10.1.0.0/16','x']},'podSelector':{}}]}],'policyTypes':['x']", "spec.egress[0].to[0].ipBlock.except[0]: Invalid value: \"10.0.0.0/8\": must be a strict subset of `cidr`\nspec.egress[0].to[0].ipBlock.except[2]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)\nspec.egress[0].to[0]: Forbidden: may not specify both ipBlock and another peer\nspec.policyTypes[0]: Unsupported value: \"x\": supported values: \"Ingress\", \"Egress\"")]
    public void A_network_policy_names_ports_and_peers(string spec, string expected) => Assert.Equal(expected, Invalid.New(Networking, "NetworkPolicy", $"'spec':{{'podSelector':{{}},{spec}}}"));

    [Theory]
    [InlineData("'controller':'a.b/c','parameters':{'kind':'K','name':'n','scope':'Cluster','namespace':'x'}", "spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'")]
    [InlineData("'controller':'a.b/c d'", "spec.controller: Invalid value: \"c d\": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')")]
    [InlineData("", "spec.controller: Required value")]
    public void An_ingress_class_names_its_controller(string spec, string expected) => Assert.Equal(expected, Invalid.New(Networking, "IngressClass", $"'spec':{{{spec}}}"));

    [Theory]
    [InlineData("'addressType':'IPv4','endpoints':[{'addresses':['10.0.0.1','127.0.0.1','::1']}],'ports':[{'name':'','port':80},{'name':'','port':0,'protocol':'x'}]", "endpoints[0].addresses[1]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)\nendpoints[0].addresses[2]: Invalid value: \"::1\": must be a valid IPv4 address\nendpoints[0].addresses[2]: Invalid value: \"::1\": may not be in the loopback range (127.0.0.0/8, ::1/128)\nports[1].name: Duplicate value: \"\"\nports[1].port: Invalid value: 0: must be between 1 and 65535, inclusive\nports[1].protocol: Unsupported value: \"x\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    [InlineData("'addressType':'FQDN','endpoints':[{'addresses':['a']},{'addresses':[]}]", "endpoints[0].addresses[0]: Invalid value: \"a\": should be a domain with at least two segments separated by dots\nendpoints[1].addresses: Required value: must contain at least 1 address")]
    public void A_slice_holds_addresses_of_its_type(string content, string expected) => Assert.Equal(expected, Invalid.New("discovery.k8s.io/v1", "EndpointSlice", content));

    [Theory]
    [InlineData("'ports':[{'port':80}],'externalIPs':['127.0.0.1','x']", "spec.externalIPs[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)\nspec.externalIPs[1]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("'ports':[{'port':80}],'sessionAffinity':'ClientIP','sessionAffinityConfig':{'clientIP':{'timeoutSeconds':86401}}", "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400")]
    [InlineData("'ports':[{'port':80}],'clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1','10.0.0.2']", "spec.clusterIPs: Invalid value: []string{\"10.0.0.1\", \"10.0.0.2\"}: may specify no more than one IP for each IP family")]
    [InlineData("'ports':[{'port':80}],'clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1'],'ipFamilies':['IPv6']", "spec.clusterIPs[0]: Invalid value: \"10.0.0.1\": expected an IPv6 value as indicated by `ipFamilies[0]`")]
    public void A_service_is_checked(string spec, string expected) => Assert.Equal(expected, Invalid.New("v1", "Service", $"'spec':{{{spec}}}"));

    [Theory]
    [InlineData("'clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1']", "'clusterIP':'10.0.0.2','clusterIPs':['10.0.0.2']", "spec.clusterIPs[0]: Invalid value: []string{\"10.0.0.2\"}: may not change once set")]
    [InlineData("'clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1']", "", "spec.clusterIPs[0]: Invalid value: []string(nil): primary clusterIP can not be unset")]
    [InlineData("'clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1','fd00::1'],'ipFamilyPolicy':'PreferDualStack'", "'clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1'],'ipFamilyPolicy':'PreferDualStack'", "spec.ipFamilyPolicy: Invalid value: \"PreferDualStack\": must be set to 'SingleStack' when releasing the secondary clusterIP")]
    [InlineData("'clusterIP':'None','clusterIPs':['None']", "'clusterIP':'10.0.0.2','clusterIPs':['10.0.0.2']", "spec.clusterIPs[0]: Invalid value: []string{\"10.0.0.2\"}: may not change once set")]
    public void An_address_stays(string before, string after, string expected) =>
        Assert.Equal(expected, Invalid.Change("v1", "Service", $"'spec':{{'ports':[{{'port':80}}],{before}}}", $"'spec':{{'ports':[{{'port':80}}]{(after.Length > 0 ? "," + after : "")}}}"));
}
