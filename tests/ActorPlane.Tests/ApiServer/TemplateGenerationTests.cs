using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Tests.ApiServer;

public sealed class TemplateGenerationTests
{
    private const string Annotation = "deprecated.daemonset.template.generation";

    [Fact]
    public void The_first_template_counts_as_one() => Assert.Equal("1", TemplateGeneration.First(new DaemonSet()).Metadata.Annotations[Annotation]);

    [Fact]
    public void Another_template_counts_on_and_nothing_else_does()
    {
        var first = TemplateGeneration.First(new DaemonSet());
        var renamed = TemplateGeneration.Next(first with { Metadata = first.Metadata with { Annotations = first.Metadata.Annotations.With("a", "b").Without(Annotation) } }, first);
        Assert.Equal("1", renamed.Metadata.Annotations[Annotation]);
        var changed = renamed with { Spec = renamed.Spec with { Template = new PodTemplateSpec { Spec = new PodSpec { NodeName = "n" } } } };
        Assert.Equal("2", TemplateGeneration.Next(changed, renamed).Metadata.Annotations[Annotation]);
    }
}
