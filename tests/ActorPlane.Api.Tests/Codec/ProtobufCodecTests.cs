using System.Text;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api.Tests;

public sealed class ProtobufCodecTests
{
    public static TheoryData<string> Bodies =>
        [.. Directory.GetFiles(Folder("protobuf"), "*.bin").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>Bodies that kubectl 1.32 sent, and what it says the objects are.</summary>
    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_of_kubectl_is_read_as_the_object_that_it_means(string name)
    {
        var body = File.ReadAllBytes(Path.Combine(Folder("protobuf"), name + ".bin"));
        var expected = JsonValue.Parse(File.ReadAllBytes(Path.Combine(Folder("protobuf"), name + ".json")));

        var message = ProtobufCodec.Open(body, out var apiVersion, out var kind);
        var value = (IKubeObject)ProtobufCodec.Decode(KubeTypes.Schema(GroupVersionKind.From(apiVersion, kind))!, message);

        Assert.Equal(expected, JsonCodec.ToTree(value));
        Assert.Equal(value, ProtobufCodec.Decode(value.Schema, ProtobufCodec.Open(ProtobufCodec.Encode(value), out _, out _)));
    }

    [Theory]
    [MemberData(nameof(GoldenTests.Files), MemberType = typeof(GoldenTests))]
    public void A_recorded_object_survives_protobuf(string file)
    {
        var tree = JsonValue.Parse(File.ReadAllBytes(Path.Combine(Folder(""), file)));
        var schema = KubeTypes.Schema(GroupVersionKind.From(tree["apiVersion"]!.AsString!, tree["kind"]!.AsString!))!;
        if (JsonCodec.Decode(schema, tree, strict: false, out _) is not IKubeObject value || !schema.HasProtobuf) return;

        Assert.Equal(value.ToString(), ProtobufCodec.Decode(schema, ProtobufCodec.Open(ProtobufCodec.Encode(value), out _, out _)).ToString());
    }

    /// <summary>The StatefulSet and DaemonSet controllers take a revision for another one when a byte of it differs.</summary>
    [Theory]
    [InlineData("""{"spec":{"template":{"$patch":"replace","metadata":{"creationTimestamp":null},"spec":{"replicas":1.0,"z":1e3,"a":[]}}}}""")]
    [InlineData("""{"command":["sh","-c","a \u003e b \u0026\u0026 c \u003c d; echo \"\\\\\"\n\t\r\b\f\u001f"]}""")]
    [InlineData("""{"ünder":"Grüße, 世界 🚀\u2028\u2029"}""")]
    public void The_data_of_a_revision_stays_as_Go_wrote_it(string data)
    {
        var raw = Encoding.UTF8.GetBytes(data);
        byte[] message = [0x12, (byte)(raw.Length + 2), 0x0a, (byte)raw.Length, .. raw];

        var revision = (Apps.V1.ControllerRevision)ProtobufCodec.Decode(Apps.V1.ControllerRevision.Descriptor, message);

        Assert.Contains(data, Encoding.UTF8.GetString(ProtobufCodec.Encode(revision)), StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_protobuf_is_refused_and_never_more_than_that()
    {
        var body = File.ReadAllBytes(Path.Combine(Folder("protobuf"), "deployment.bin"));
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var copy = (byte[])body.Clone();
            for (var n = 0; n < 3; n++) copy[random.Next(4, copy.Length)] = (byte)random.Next(256);
            try
            {
                ProtobufCodec.Decode(Apps.V1.Deployment.Descriptor, ProtobufCodec.Open(copy.AsSpan(0, random.Next(4, copy.Length)), out _, out _));
            }
            catch (DecodeException)
            {
                // Refused: nothing else may be thrown.
            }
        }
    }

    [Fact]
    public void What_has_no_envelope_is_refused()
    {
        Assert.Throws<DecodeException>(() => ProtobufCodec.Decode<Pod>("{}"u8));
    }

    private static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);
}
