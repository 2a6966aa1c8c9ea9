using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Serialization;

namespace Akka.Tests.Serialization;

public class SerializationTests : TestKit.Xunit2.TestKit
{
    private const string Settings = """
        akka.test.single-expect-default = 30s
        akka.actor {
          serializers {
            named = "Akka.Tests.Serialization.SerializationTests+NamedSerializer, Akka.Tests"
            configured = "Akka.Tests.Serialization.SerializationTests+ConfiguredSerializer, Akka.Tests"
          }
          serialization-bindings {
            "Akka.Tests.Serialization.SerializationTests+IShape, Akka.Tests" = configured
            "Akka.Tests.Serialization.SerializationTests+Circle, Akka.Tests" = named
          }
          serialization-identifiers."Akka.Tests.Serialization.SerializationTests+ConfiguredSerializer, Akka.Tests" = 1001
          serialization-settings.configured.prefix = "shape:"
        }
        """;

    public SerializationTests() : base(ActorSystemSetup.Create(
        BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(Settings)),
        SerializationSetup.Create(system => [SerializerDetails.Create("coded", new CodedSerializer(system), ImmutableHashSet.Create(typeof(Coded)))])))
    {
    }

    private Akka.Serialization.Serialization Serialization => Sys.Serialization;

    internal interface IShape;

    internal sealed record Circle(int Radius) : IShape;

    internal sealed class BigCircle : IShape;

    internal sealed record Coded;

    internal sealed record Everything(int I, long L, double D, decimal M, float F, string S, bool B, IActorRef Actor, Everything? Inner, List<object> Many, DateTime When);

    [Fact]
    public void The_most_special_binding_wins()
    {
        Assert.IsType<NamedSerializer>(Serialization.FindSerializerForType(typeof(Circle)));
        Assert.IsType<ConfiguredSerializer>(Serialization.FindSerializerFor(new BigCircle()));
        Assert.IsType<CodedSerializer>(Serialization.FindSerializerFor(new Coded()));
        Assert.IsType<ByteArraySerializer>(Serialization.FindSerializerFor(Array.Empty<byte>()));
        Assert.IsType<NewtonSoftJsonSerializer>(Serialization.FindSerializerFor("text"));
        Assert.IsType<NullSerializer>(Serialization.FindSerializerFor(null));
        Assert.IsType<NamedSerializer>(Serialization.FindSerializerFor("text", "named"));
        Assert.IsType<ByteArraySerializer>(Serialization.FindSerializerFor(Array.Empty<byte>(), "named"));
    }

    [Fact]
    public void Numbers_and_manifests_lead_back_to_the_object()
    {
        foreach (var message in (object[])[new Circle(3), "text", new byte[] { 1, 2 }])
        {
            var serializer = Serialization.FindSerializerFor(message);
            var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, message);
            Assert.Equal(message, Serialization.Deserialize(Serialization.Serialize(message), serializer.Identifier, manifest));
        }

        Assert.Equal((1, 4, 0, 1001), (Serialization.FindSerializerFor("x").Identifier, Serialization.FindSerializerFor(Array.Empty<byte>()).Identifier,
            Serialization.FindSerializerFor(null).Identifier, Serialization.FindSerializerFor(new BigCircle()).Identifier));
        Assert.Equal("shape:", Encoding.UTF8.GetString(Serialization.Serialize(new BigCircle())));
    }

    [Fact]
    public void Unknown_numbers_and_types_are_errors()
    {
        Assert.Throws<SerializationException>(() => Serialization.Deserialize([], 4711, "x"));
        Assert.Throws<SerializationException>(() => Serialization.Deserialize([], 1, "No.Such.Type, Nowhere"));
        Assert.Throws<NotSupportedException>(() => new ByteArraySerializer((ExtendedActorSystem)Sys).ToBinary("text"));
    }

    [Fact]
    public void Json_brings_back_types_numbers_and_actors()
    {
        var inner = new Everything(0, 0, 0, 0, 0, "", false, TestActor, null, [], default);
        var all = new Everything(-1, long.MaxValue, 1.5, 2.5m, 0.1f, "ä\"\n", true, TestActor, inner, [1, 2.5m, 0.5f, "x", 3L, TestActor], new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        var back = (Everything)Serialization.Deserialize(Serialization.Serialize(all), 1, typeof(Everything));

        Assert.Equal(all with { Inner = null, Many = null! }, back with { Inner = null, Many = null! });
        Assert.Equal(TestActor, back.Inner!.Actor);
        Assert.Equal(all.Many, back.Many);
    }

    [Theory]
    [InlineData(5, "{\"$\":\"I5\"}")]
    [InlineData("x", "\"x\"")]
    [InlineData(5L, "5")]
    public void Json_is_written_as_Akka_writes_it(object value, string json)
    {
        Assert.Equal(json, Encoding.UTF8.GetString(Serialization.Serialize(value)));
        Assert.Equal(value, Serialization.Deserialize(Encoding.UTF8.GetBytes(json), 1, value.GetType()));
    }

    [Fact]
    public void An_object_is_written_with_its_type()
    {
        Assert.Equal("{\"$id\":\"1\",\"$type\":\"Akka.Tests.Serialization.SerializationTests+Plain, Akka.Tests\",\"Count\":{\"$\":\"I7\"},\"Name\":\"n\"}",
            Encoding.UTF8.GetString(Serialization.Serialize(new Plain { Count = 7, Name = "n" })));
    }

    [Fact]
    public void Actors_are_written_with_the_address_they_are_asked_for()
    {
        Assert.Equal(TestActor, Serialization.DeserializeActorRef(Akka.Serialization.Serialization.SerializedActorPath(TestActor)));
        Assert.Equal("", Akka.Serialization.Serialization.SerializedActorPath(ActorRefs.NoSender));
        Assert.Throws<InvalidOperationException>(() => Akka.Serialization.Serialization.GetCurrentTransportInformation());
        var text = Encoding.UTF8.GetString(Serialization.FindSerializerForType(typeof(object)).ToBinaryWithAddress(new Address("akka.tcp", "far", "host", 1), TestActor));
        Assert.Contains("akka.tcp://far@host:1/system/", text, StringComparison.Ordinal);
    }

    public sealed class Plain
    {
        public int Count { get; set; }

        public string? Name { get; set; }

        public int Nothing { get; set; }
    }

    internal sealed class NamedSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 1000;

        public override byte[] ToBinary(object obj) => [(byte)((Circle)obj).Radius];

        public override object FromBinary(byte[] bytes, string manifest) => manifest == "circle" ? new Circle(bytes[0]) : throw new ArgumentException(manifest);

        public override string Manifest(object o) => "circle";
    }

    internal sealed class ConfiguredSerializer(ExtendedActorSystem system, Config config) : Serializer(system)
    {
        public override bool IncludeManifest => true;

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(config.GetString("prefix"));

        public override object FromBinary(byte[] bytes, Type type) => Activator.CreateInstance(type)!;
    }

    internal sealed class CodedSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override int Identifier => 1002;

        public override bool IncludeManifest => false;

        public override byte[] ToBinary(object obj) => [];

        public override object FromBinary(byte[] bytes, Type type) => new Coded();
    }
}
