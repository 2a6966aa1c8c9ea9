using System.Text;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api.Tests;

public sealed class DefaultingTests
{
    [Fact]
    public void A_deployment_gets_what_the_documentation_promises()
    {
        var given = JsonCodec.Decode<Deployment>("""
            {"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
             "spec":{"containers":[{"name":"nginx","image":"nginx:1.14.2","ports":[{"containerPort":80}],"livenessProbe":{"httpGet":{"port":80}}}]}}}}
            """u8);

        var value = Defaulting.Apply(given);

        Assert.Equal(
            """
            {"replicas":1,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"creationTimestamp":null,"labels":{"app":"web"}},"spec":{"containers":[{"name":"nginx","image":"nginx:1.14.2","ports":[{"containerPort":80,"protocol":"TCP"}],"resources":{},"livenessProbe":{"httpGet":{"path":"/","port":80,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","securityContext":{},"schedulerName":"default-scheduler"}},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}},"revisionHistoryLimit":10,"progressDeadlineSeconds":600}
            """,
            value.Spec.ToString());
        Assert.Empty(Validator.Validate(value.WithMetadata(value.Metadata with { Namespace = "default" })));
    }

    [Fact]
    public void What_has_its_defaults_comes_back_as_the_same_instance()
    {
        var pod = Defaulting.Apply(JsonCodec.Decode<Pod>("""{"spec":{"containers":[{"name":"a","image":"b"}],"volumes":[{"name":"v"}]}}"""u8));
        Assert.Same(pod, Defaulting.Apply(pod));
        Assert.Same(EmptyDirVolumeSource.Empty, pod.Spec.Volumes[0].EmptyDir);
    }

    [Theory]
    [InlineData("nginx", "Always")]
    [InlineData("nginx:latest", "Always")]
    [InlineData("nginx:1.27", "IfNotPresent")]
    [InlineData("registry:5000/nginx", "Always")]
    [InlineData("registry:5000/nginx:1", "IfNotPresent")]
    [InlineData("nginx@sha256:0000", "IfNotPresent")]
    public void The_tag_decides_when_an_image_is_pulled(string image, string policy)
    {
        var pod = Defaulting.Apply(new Pod { Spec = new() { Containers = [new Container { Name = "c", Image = image }] } });
        Assert.Equal(policy, pod.Spec.Containers[0].ImagePullPolicy);
    }

    [Fact]
    public void Limits_of_a_pod_become_its_requests_but_those_of_a_template_do_not()
    {
        var spec = new PodSpec
        {
            Containers = [new Container { Name = "c", Image = "i", Resources = new() { Limits = ValueMap.Of(("cpu", Quantity.Parse("1"))) } }],
        };

        Assert.Equal(Quantity.Parse("1"), Defaulting.Apply(new Pod { Spec = spec }).Spec.Containers[0].Resources.Requests["cpu"]);
        Assert.Empty(Defaulting.Apply(new ReplicaSet { Spec = new() { Template = new() { Spec = spec } } }).Spec.Template.Spec.Containers[0].Resources.Requests);
    }

    [Fact]
    public void A_service_gets_target_ports_and_policies()
    {
        var service = Defaulting.Apply(new Service { Spec = new() { Type = "NodePort", Ports = [new ServicePort { Port = 80 }] } });

        Assert.Equal("""{"ports":[{"protocol":"TCP","port":80,"targetPort":80}],"type":"NodePort","sessionAffinity":"None","externalTrafficPolicy":"Cluster","internalTrafficPolicy":"Cluster"}""", service.Spec.ToString());
    }

    [Fact]
    public void Texts_of_a_secret_become_data()
    {
        var secret = Defaulting.Apply(new Secret { StringData = ValueMap.Of(("a", "b")) });
        Assert.Equal("b", secret.Data["a"].ToUtf8());
        Assert.Equal("Opaque", secret.Type);
        Assert.DoesNotContain("stringData", Encoding.UTF8.GetString(JsonCodec.Encode(secret)), StringComparison.Ordinal);
    }
}
