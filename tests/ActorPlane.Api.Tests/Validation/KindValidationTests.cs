namespace ActorPlane.Api.Tests;

/// <summary>What is said of objects that break the rules of their kind, in the real server's words.</summary>
public sealed class KindValidationTests
{
    private const string Template = "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";

    [Theory]
    [InlineData("v1", "ResourceQuota", "\"spec\":{\"hard\":{\"foo\":\"1\"}}", "spec.hard[foo]: Invalid value: \"foo\": must be a standard resource type or fully qualified\nspec.hard[foo]: Invalid value: \"foo\": must be a standard resource for quota")]
    [InlineData("v1", "ResourceQuota", "\"spec\":{\"hard\":{\"cpu\":\"1\"},\"scopes\":[\"BestEffort\"]}", "spec.scopes: Invalid value: []core.ResourceQuotaScope{\"BestEffort\"}: unsupported scope applied to resource")]
    [InlineData("v1", "PersistentVolume", "\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"capacity\":{\"storage\":\"1Gi\"}}", "spec: Required value: must specify a volume type")]
    [InlineData("v1", "Endpoints", "\"subsets\":[{\"addresses\":[{\"ip\":\"x\"}]}]", "subsets[0].addresses[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("discovery.k8s.io/v1", "EndpointSlice", "\"endpoints\":[]", "addressType: Required value")]
    [InlineData("networking.k8s.io/v1", "IngressClass", "\"spec\":{\"controller\":\"x\"}", "spec.controller: Invalid value: \"x\": must be a domain-prefixed path (such as \"acme.io/foo\")")]
    [InlineData("networking.k8s.io/v1", "Ingress", "\"spec\":{}", "spec: Invalid value: []networking.IngressRule(nil): either `defaultBackend` or `rules` must be specified")]
    [InlineData("networking.k8s.io/v1", "NetworkPolicy", "\"spec\":{\"podSelector\":{},\"ingress\":[{\"from\":[{}]}]}", "spec.ingress[0].from[0]: Required value: must specify a peer")]
    [InlineData("apps/v1", "ControllerRevision", "\"revision\":-1", "data: Required value: data is mandatory\nrevision: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("apps/v1", "Deployment", "\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"strategy\":{\"rollingUpdate\":{\"maxSurge\":0,\"maxUnavailable\":0}}," + Template + "}", "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}: may not be 0 when `maxSurge` is 0")]
    [InlineData("v1", "ConfigMap", "\"data\":{\"..\":\"x\"}", "data[..]: Invalid value: \"..\": must not be '..'")]
    public void All_that_is_wrong_is_named(string apiVersion, string kind, string content, string expected)
    {
        var schema = KubeTypes.Schema(GroupVersionKind.From(apiVersion, kind))!;
        var scope = KubeTypes.Find(apiVersion, kind)!.Namespaced ? ",\"namespace\":\"n\"" : "";
        var tree = JsonValue.Parse($"{{\"apiVersion\":\"{apiVersion}\",\"kind\":\"{kind}\",\"metadata\":{{\"name\":\"x\"{scope}}},{content}}}");
        var item = Defaulting.Apply((IKubeObject)JsonCodec.Decode(schema, tree, strict: false, out _));
        Assert.Equal(expected, string.Join('\n', Validator.Validate(item)));
    }

    [Theory]
    [InlineData("*/5 1-3,5 1/2 jan-Mar sun", null)]
    [InlineData("@hourly", null)]
    [InlineData("@every 1h30m", null)]
    [InlineData("bad", "expected exactly 5 fields, found 1: [bad]")]
    [InlineData("61 * * * *", "end of range (61) above maximum (59): 61")]
    [InlineData("* * 0 * *", "beginning of range (0) below minimum (1): 0")]
    [InlineData("5-3 * * * *", "beginning of range (5) beyond end of range (3): 5-3")]
    [InlineData("x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("*/0 * * * *", "step of range should be a positive number: */0")]
    [InlineData("TZ=UTC * * * * *", "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")]
    [InlineData("@never", "unrecognized descriptor: @never")]
    public void A_schedule_is_read_as_the_real_server_reads_it(string schedule, string? problem)
    {
        var job = JsonValue.Parse(
            $"{{\"metadata\":{{\"name\":\"x\",\"namespace\":\"n\"}},\"spec\":{{\"schedule\":\"{schedule}\",\"jobTemplate\":{{\"spec\":{{{Template.Replace("{\"containers", "{\"restartPolicy\":\"Never\",\"containers", StringComparison.Ordinal)}}}}}}}}}");
        var item = Defaulting.Apply(JsonCodec.Decode<Batch.V1.CronJob>(job));
        Assert.Equal(problem is null ? [] : [$"spec.schedule: Invalid value: \"{schedule}\": {problem}"], Validator.Validate(item).Select(error => error.ToString()));
    }

    [Fact]
    public void Finalizers_of_Kubernetes_own_kinds_are_qualified_or_known()
    {
        var map = new Core.V1.ConfigMap { Metadata = new() { Name = "x", Namespace = "n", Finalizers = ["orphan", "example.com/a", "bad"] } };
        Assert.Equal(
            "metadata.finalizers[2]: Invalid value: \"bad\": name is neither a standard finalizer name nor is it fully qualified",
            Assert.Single(Validator.Validate(map)).ToString());
    }
}
