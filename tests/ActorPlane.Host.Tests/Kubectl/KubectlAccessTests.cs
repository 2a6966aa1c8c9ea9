using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>Rights and certificates, as kubectl shows and grants them.</summary>
[Collection(HttpCollection.Name)]
public sealed class KubectlAccessTests(HttpFixture cluster)
{
    private const string Rights = """
        {"apiVersion":"v1","kind":"List","items":[
         {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"reader","namespace":"NAMESPACE"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]}]},
         {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"readers","namespace":"NAMESPACE"},
          "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},
          "subjects":[{"kind":"User","name":"ada","apiGroup":"rbac.authorization.k8s.io"},{"kind":"User","name":"bob","apiGroup":"rbac.authorization.k8s.io"}]}]}
        """;

    [KubectlFact]
    public async Task It_brings_rights_into_line()
    {
        var kubectl = await New("reconcile");
        var rights = Rights.Replace("NAMESPACE", "access-reconcile", StringComparison.Ordinal);
        Assert.Equal("role.rbac.authorization.k8s.io/reader reconciled\nrolebinding.rbac.authorization.k8s.io/readers reconciled", await kubectl.Run("auth reconcile -f -", rights));
        var fewer = rights.Replace("[\"get\",\"list\"]", "[\"watch\"]", StringComparison.Ordinal);
        await kubectl.Run("auth reconcile -f -", fewer);
        Assert.Equal("get list watch", await kubectl.Run("get role reader -o jsonpath={.rules[*].verbs[*]}"));
        await kubectl.Run("auth reconcile --remove-extra-permissions -f -", fewer);
        Assert.Equal("watch", await kubectl.Run("get role reader -o jsonpath={.rules[*].verbs[*]}"));
        Assert.Contains("pods       []                 []              [watch]", await kubectl.Run("describe role reader"));
        Assert.Contains("Role/reader", await kubectl.Run("get rolebinding readers"));
    }

    [KubectlFact]
    public async Task It_says_who_may_do_what()
    {
        var kubectl = await New("can-i");
        await kubectl.Run("create -f -", Rights.Replace("NAMESPACE", "access-can-i", StringComparison.Ordinal));
        Assert.Equal("yes", await kubectl.Run("auth can-i delete nodes --all-namespaces"));
        Assert.Equal("yes", await kubectl.Run("auth can-i list pods --as=ada"));
        var (code, output, _) = await kubectl.Try("auth can-i delete pods --as=ada");
        Assert.Equal((1, "no"), (code, output.Trim()));
        Assert.Contains("Warning: resource 'nodes' is not namespace scoped", (await kubectl.Try("auth can-i get nodes")).Error);
        Assert.Contains("Warning: the server doesn't have a resource type 'nope'", (await kubectl.Try("auth can-i get nope")).Error);
        Assert.Contains("ada", await kubectl.Run("auth whoami --as=ada"));
    }

    [KubectlFact]
    public async Task It_approves_and_denies_requests_for_certificates()
    {
        var kubectl = await New("certificates");
        using var key = ECDsa.Create();
        var pem = new CertificateRequest("O=devs, CN=ada", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var request = $$$"""
            {"apiVersion":"certificates.k8s.io/v1","kind":"CertificateSigningRequest","metadata":{"name":"NAME"},
             "spec":{"signerName":"example.com/any","usages":["client auth"],"request":"{{{Convert.ToBase64String(Encoding.ASCII.GetBytes(pem))}}}"}}
            """;
        await kubectl.Run("create -f -", request.Replace("NAME", "kubectl-yes", StringComparison.Ordinal));
        await kubectl.Run("create -f -", request.Replace("NAME", "kubectl-no", StringComparison.Ordinal));
        Assert.Contains("Common Name:    ada", await kubectl.Run("describe csr kubectl-yes"));
        await kubectl.Run("certificate approve kubectl-yes");
        await kubectl.Run("certificate deny kubectl-no");
        Assert.EndsWith("Approved", await kubectl.Run("get csr kubectl-yes"), StringComparison.Ordinal);
        Assert.EndsWith("Denied", await kubectl.Run("get csr kubectl-no"), StringComparison.Ordinal);
        Assert.NotEqual("", await kubectl.Run("get csr kubectl-yes -o jsonpath={.status.conditions[0].lastTransitionTime}"));
        await kubectl.Run("delete csr kubectl-yes kubectl-no");
    }

    private async Task<Kubectl> New(string name)
    {
        await new Kubectl(cluster.Kubeconfig, "default").Run("create namespace access-" + name);
        return new Kubectl(cluster.Kubeconfig, "access-" + name);
    }
}
