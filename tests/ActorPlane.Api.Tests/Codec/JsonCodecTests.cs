using System.Text;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api.Tests;

public sealed class JsonCodecTests
{
    [Fact]
    public void Unknown_and_doubled_fields_are_named_with_their_path()
    {
        const string Text = """
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","name":"b","labels":{"x":"1","x":"2"}},
             "spec":{"notAField":1,"containers":[{"name":"c"},{"name":"d","oops":{"x":[1]}}]},"extra":true}
            """;

        JsonCodec.Decode(Pod.Descriptor, Encoding.UTF8.GetBytes(Text), strict: true, out var errors);

        Assert.Equal(
            [
                "duplicate field \"metadata.name\"", "duplicate field \"metadata.labels.x\"", "unknown field \"spec.notAField\"",
                "unknown field \"spec.containers[1].oops\"", "unknown field \"extra\"",
            ],
            errors);
    }

    [Theory]
    [InlineData("""{"spec":{"replicas":"3"}}""", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":{"replicas":1.5}}""", "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":{"replicas":99999999999}}""", "json: cannot unmarshal number 99999999999 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"metadata":{"labels":{"a":1}}}""", "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":{}}}}}""", "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container")]
    [InlineData("""{"spec":[]}""", "json: cannot unmarshal array into Go struct field Deployment.spec of type v1.DeploymentSpec")]
    [InlineData("""{"spec":{"paused":"yes"}}""", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.paused of type bool")]
    [InlineData("[]", "json: cannot unmarshal array into Go value of type v1.Deployment")]
    public void A_value_of_a_wrong_type_is_refused_in_Gos_words(string text, string message)
    {
        var error = Assert.Throws<DecodeException>(() => JsonCodec.Decode<Deployment>(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void A_bad_quantity_is_refused_in_the_words_of_Kubernetes()
    {
        var text = """{"spec":{"containers":[{"resources":{"limits":{"cpu":"much"}}}]}}""";
        var error = Assert.Throws<DecodeException>(() => JsonCodec.Decode<Pod>(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(Quantity.FormatError, error.Message);
    }

    [Fact]
    public void Null_leaves_a_field_absent_and_an_empty_pointer_stays()
    {
        var pod = JsonCodec.Decode<Pod>("""{"spec":{"nodeName":null,"volumes":[{"name":"v","emptyDir":{}}],"automountServiceAccountToken":false}}"""u8);

        Assert.Null(pod.Spec.NodeName);
        Assert.Same(EmptyDirVolumeSource.Empty, pod.Spec.Volumes[0].EmptyDir);
        Assert.False(pod.Spec.AutomountServiceAccountToken);
        Assert.Equal(
            """{"kind":"Pod","apiVersion":"v1","metadata":{"creationTimestamp":null},"spec":{"volumes":[{"name":"v","emptyDir":{}}],"containers":null,"automountServiceAccountToken":false},"status":{}}""",
            pod.ToString());
    }

    [Fact]
    public void Zero_stays_where_it_means_something_and_an_object_is_equal_to_what_is_read_back()
    {
        var deployment = new Deployment
        {
            Spec = new()
            {
                Replicas = 0,
                MinReadySeconds = 0,
                Paused = false,
                Strategy = new() { RollingUpdate = new() { MaxSurge = 0, MaxUnavailable = "25%" } },
                Template = new() { Spec = new() { Containers = [new Container { Name = "c", WorkingDir = "", Stdin = false, Ports = [new ContainerPort()] }] } },
            },
            Status = new() { Replicas = 0, Conditions = [new DeploymentCondition { Type = "Available", Message = "" }] },
        };

        var again = JsonCodec.Decode<Deployment>(JsonCodec.Encode(deployment));

        Assert.Equal(deployment, again);
        Assert.Equal(0, again.Spec.Replicas);
        Assert.Equal(IntOrString.FromInt(0), again.Spec.Strategy.RollingUpdate!.MaxSurge);
        Assert.Equal(0, again.Spec.Template.Spec.Containers[0].Ports[0].ContainerPort_);
    }

    [Fact]
    public void Every_type_of_the_schema_can_be_described_written_and_read()
    {
        foreach (var resource in KubeTypes.Resources)
        {
            var empty = resource.Schema.EmptyObject;
            var again = JsonCodec.Decode(resource.Schema, Encoding.UTF8.GetBytes(empty.ToString()!), strict: true, out var errors);
            Assert.Empty(errors);
            Assert.Equal(empty, again);
            Walk(resource.Schema, []);
        }
    }

    // Descriptors are made on first use: this makes all of them.
    private static void Walk(ValueSchema schema, HashSet<ObjectSchema> seen)
    {
        if (schema.Element is { } element) Walk(element, seen);
        if (schema.Message is not { } message || !seen.Add(message)) return;
        Assert.InRange(message.Fields.Count, 0, 64);
        foreach (var field in message.Fields)
        {
            Assert.Same(field, message.Find(field.JsonName));
            Walk(field.Value, seen);
        }
    }
}
