using ActorPlane.Kubelet;

namespace ActorPlane.Tests.Kubelet;

public sealed class ImageStoreTests
{
    private readonly ImageStore _store = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.25));

    [Fact]
    public void An_image_is_pulled_once()
    {
        Assert.Equal(new ImagePlan(true, Pods.Now + TimeSpan.FromSeconds(2)), _store.Plan("nginx:1", "IfNotPresent", Pods.Now));
        _store.Add("nginx:1");
        Assert.Equal(new ImagePlan(false, Pods.Now), _store.Plan("nginx:1", "IfNotPresent", Pods.Now));
    }

    [Fact]
    public void Who_asks_for_an_image_that_is_being_pulled_waits_for_the_same_pull()
    {
        var first = _store.Plan("nginx:1", "IfNotPresent", Pods.Now);

        Assert.Equal(first, _store.Plan("nginx:1", "Always", Pods.Now + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Images_are_pulled_one_after_the_other()
    {
        _store.Plan("nginx:1", "IfNotPresent", Pods.Now);

        Assert.Equal(Pods.Now + TimeSpan.FromSeconds(4), _store.Plan("redis:7", "IfNotPresent", Pods.Now).ReadyAt);
    }

    [Fact]
    public void Under_the_policy_Always_the_registry_is_asked_again()
    {
        _store.Add("nginx:1");

        Assert.Equal(new ImagePlan(true, Pods.Now + TimeSpan.FromSeconds(0.25)), _store.Plan("nginx:1", "Always", Pods.Now));
    }

    [Theory]
    [InlineData("nginx", "Always")]
    [InlineData("nginx:latest", "Always")]
    [InlineData("nginx:1.27", "IfNotPresent")]
    [InlineData("registry:5000/nginx", "Always")]
    [InlineData("nginx@sha256:00", "IfNotPresent")]
    public void The_default_policy_follows_from_the_tag(string image, string policy) => Assert.Equal(policy, ImageStore.PolicyOf(null, image));

    [Theory]
    [InlineData("nginx:1.27", "docker.io/library/nginx@sha256:")]
    [InlineData("bitnami/redis", "docker.io/bitnami/redis@sha256:")]
    [InlineData("gcr.io/app:v1", "gcr.io/app@sha256:")]
    [InlineData("registry:5000/a/b:v1", "registry:5000/a/b@sha256:")]
    public void The_id_names_registry_and_digest(string image, string prefix)
    {
        var id = _store.Add(image);

        Assert.StartsWith(prefix, id, StringComparison.Ordinal);
        Assert.Equal(prefix.Length + 64, id.Length);
    }
}
