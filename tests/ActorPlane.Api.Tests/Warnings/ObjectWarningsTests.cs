namespace ActorPlane.Api.Tests;

public sealed class ObjectWarningsTests
{
    [Theory]
    [InlineData("'nodeSelector':{'beta.kubernetes.io/os':'linux'}", "spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead")]
    [InlineData("'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'k','whenUnsatisfiable':'DoNotSchedule'}]", "spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod")]
    [InlineData("'volumes':[{'name':'v','gitRepo':{'repository':'r'}}]", "spec.volumes[0].gitRepo: deprecated in v1.11")]
    [InlineData("'hostAliases':[{'ip':'1.1.1.1'},{'ip':'1.1.1.1'}]", "spec.hostAliases[1].ip: duplicate ip \"1.1.1.1\"")]
    [InlineData("'imagePullSecrets':[{'name':'a'},{'name':'a'},{}]", "spec.imagePullSecrets[1].name: duplicate name \"a\"|spec.imagePullSecrets[2].name: invalid empty name \"\"")]
    [InlineData("'containers':[{'name':'c','resources':{'limits':{'memory':'1500m'}}}]", "spec.containers[0].resources.limits[memory]: fractional byte value \"1500m\" is invalid, must be an integer")]
    [InlineData("'containers':[{'name':'c','env':[{'name':'A','value':'1'},{'name':'A','value':'2'}]}]", "spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped when using apply")]
    [InlineData("'containers':[{'name':'c','env':[{'name':'A','value':'1'},{'name':'A','value':'$(A)2'}]}]", "")]
    [InlineData("'initContainers':[{'name':'i','ports':[{'containerPort':80,'protocol':'TCP'}]}],'containers':[{'name':'c','ports':[{'containerPort':80,'protocol':'TCP'}]}]", "spec.containers[0].ports[0]: duplicate port definition with spec.initContainers[0].ports[0]")]
    [InlineData("'containers':[{'name':'c','ports':[{'containerPort':80,'protocol':'TCP'},{'containerPort':80,'protocol':'TCP','hostPort':8080}]}]", "spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]")]
    [InlineData("'containers':[{'name':'c','ports':[{'containerPort':80,'protocol':'TCP','hostPort':80},{'containerPort':80,'protocol':'TCP','hostPort':80,'hostIP':'1.1.1.1'}]}]", "spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]")]
    [InlineData("'terminationGracePeriodSeconds':-1", "spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1")]
    [InlineData("'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'k'}]}}", "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod")]
    [InlineData("'restartPolicy':'Always'", "")]
    public void A_pod_is_warned_of(string spec, string warnings) =>
        Assert.Equal(warnings, string.Join('|', ObjectWarnings.OnCreate(Row.Read("v1/pods", $"{{'spec':{{{spec}}}}}"))));

    [Theory]
    [InlineData("v1/pods", "{'metadata':{'annotations':{'scheduler.alpha.kubernetes.io/critical-pod':''}}}", "metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the \"priorityClassName\" field instead")]
    [InlineData("v1/pods", "{'metadata':{'annotations':{'container.apparmor.security.beta.kubernetes.io/c':'x'}},'spec':{'containers':[{'name':'c'}]}}", "metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]: deprecated since v1.30; use the \"appArmorProfile\" field instead")]
    [InlineData("apps/v1/deployments", "{'spec':{'template':{'spec':{'nodeSelector':{'beta.kubernetes.io/arch':'x'}}}}}", "spec.template.spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use \"kubernetes.io/arch\" instead")]
    [InlineData("batch/v1/cronjobs", "{'spec':{'jobTemplate':{'spec':{'template':{'spec':{'terminationGracePeriodSeconds':-1}}}}}}", "spec.jobTemplate.spec.template.spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1")]
    [InlineData("v1/services", "{'spec':{'type':'ClusterIP','clusterIP':'None','sessionAffinity':'ClientIP','externalIPs':['1.1.1.1']}}", "spec.externalIPs is ignored for headless services|spec.SessionAffinity is ignored for headless services")]
    [InlineData("v1/services", "{'spec':{'type':'ClusterIP','externalName':'x'}}", "spec.externalName is ignored when spec.type is not \"ExternalName\"")]
    [InlineData("networking.k8s.io/v1/ingresses", "{'metadata':{'annotations':{'kubernetes.io/ingress.class':'x'}}}", "annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead")]
    [InlineData("v1/persistentvolumes", "{'spec':{'persistentVolumeReclaimPolicy':'Recycle'}}", "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.")]
    [InlineData("v1/persistentvolumeclaims", "{'metadata':{'annotations':{'volume.beta.kubernetes.io/storage-class':'x'}}}", "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use \"storageClassName\" attribute instead")]
    [InlineData("v1/configmaps", "{}", "")]
    public void An_object_is_warned_of(string resource, string json, string warnings) =>
        Assert.Equal(warnings, string.Join('|', ObjectWarnings.OnCreate(Row.Read(resource, json))));

    [Fact]
    public void A_name_that_is_no_host_name_is_warned_of()
    {
        var pod = Row.Read("v1/pods", "{}");
        pod = pod.WithMetadata(pod.Metadata with { Name = "a.b" });
        Assert.Equal(
            "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
            Assert.Single(ObjectWarnings.OnCreate(pod)));
    }

    [Fact]
    public void A_template_is_looked_at_again_only_when_it_may_have_changed()
    {
        var before = Row.Read("apps/v1/deployments", "{'metadata':{'generation':1},'spec':{'template':{'spec':{'terminationGracePeriodSeconds':-1}}}}");
        Assert.Empty(ObjectWarnings.OnUpdate(before, before));
        Assert.Single(ObjectWarnings.OnUpdate(before.WithMetadata(before.Metadata with { Generation = 2 }), before));
    }
}
