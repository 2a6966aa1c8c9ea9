using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ControllerManager.ReplicaSets;

/// <summary>The pod that a set creates again and again. (<c>GetPodFromTemplate</c> in <c>C/controller_utils.go</c>.)</summary>
public static class PodFromTemplate
{
    /// <summary>A pod without a name of its own: the API server completes <c>generateName</c>. All share the template's spec.</summary>
    public static Pod Of(IKubeObject set, PodTemplateSpec template)
    {
        return new Pod
        {
            Metadata = new ObjectMeta
            {
                Namespace = set.Metadata.Namespace,
                GenerateName = set.Metadata.Name + "-",
                Labels = template.Metadata.Labels,
                Annotations = template.Metadata.Annotations,
                Finalizers = template.Metadata.Finalizers,
                OwnerReferences = [Owners.ControllerReference(set)],
            },
            Spec = template.Spec,
        };
    }
}
