namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>A test that needs kubectl; without it the test is skipped and says so.</summary>
internal sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        if (Kubectl.Path is null) Skip = "kubectl is not installed";
    }
}
