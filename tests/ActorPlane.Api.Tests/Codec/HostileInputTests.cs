using System.Globalization;
using System.Text;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api.Tests;

/// <summary>Bodies that try to break the readers: each is read or refused, in time that grows with its length only.</summary>
public sealed class HostileInputTests
{
    private const int Many = 100_000;

    [Fact]
    public void Mutated_json_is_read_or_refused_and_never_more_than_that()
    {
        var body = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "pod-1.json"));
        var random = new Random(11);
        for (var i = 0; i < 2000; i++)
        {
            var copy = (byte[])body.Clone();
            for (var n = 0; n < 4; n++) copy[random.Next(copy.Length)] = (byte)random.Next(256);
            try
            {
                var pod = (Pod)JsonCodec.Decode(Pod.Descriptor, copy, strict: true, out _);
                Validator.Validate(Defaulting.Apply(pod));
                StrategicMergePatch.Apply(JsonCodec.ToTree(pod), JsonValue.Parse(copy), Pod.Descriptor);
            }
            catch (Exception refused) when (refused is DecodeException or PatchException)
            {
                // Refused: nothing else may be thrown.
            }
        }
    }

    [Fact]
    public void A_map_of_many_keys_in_no_order_is_read_and_patched()
    {
        var text = new StringBuilder("{\"data\":{");
        for (var i = 0; i < Many; i++) text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"\"k{(i * 7919) % Many}\":\"v\"");
        var tree = JsonValue.Parse(text.Append("}}").ToString());

        var map = JsonCodec.Decode<ConfigMap>(tree);

        Assert.Equal(Many, map.Data.Count);
        Assert.Equal(tree, MergePatch.Apply(JsonCodec.ToTree(map), tree).Without("metadata").Without("kind").Without("apiVersion"));
        Assert.Equal(map, ProtobufCodec.Decode<ConfigMap>(ProtobufCodec.Encode(map)));
        Assert.True(ManagedFields.Update([], null, tree, ConfigMap.Descriptor, new FieldWrite("m", "v1", Timestamp.Parse("2026-01-01T00:00:00Z")))[0].FieldsV1!.Members.Length > 0);
    }

    [Fact]
    public void A_list_of_many_elements_is_merged_by_key()
    {
        var pod = JsonValue.Object(("containers", JsonValue.Array(Enumerable.Range(0, Many).Select(i => JsonValue.Object(("name", JsonValue.Of($"c{i}")))))));
        var patch = JsonValue.Object(("containers", JsonValue.Array(Enumerable.Range(0, Many).Reverse().Select(i => JsonValue.Object(("name", JsonValue.Of($"c{i}")), ("image", JsonValue.Of("i")))))));

        Assert.Equal(patch, StrategicMergePatch.Apply(pod, patch, PodSpec.Descriptor));
    }

    [Fact]
    public void A_quantity_of_a_million_digits_is_capped()
    {
        Assert.Equal("9223372036854775807", Quantity.Parse(new string('9', 1_000_000)).ToString());
        Assert.Equal("1n", Quantity.Parse("0." + new string('0', 1_000_000) + "1").ToString());
        Assert.Equal("1", Quantity.Parse("1." + new string('0', 1_000_000)).ToString());
    }
}
