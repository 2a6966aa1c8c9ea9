using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using Akka.Actor;

namespace ActorPlane.ControllerManager.ServiceAccounts;

/// <summary>Keeps a ServiceAccount <c>default</c> in each namespace. (<c>C/serviceaccount/serviceaccounts_controller.go</c>.)</summary>
public sealed class ServiceAccountController : PerNamespaceController<ServiceAccount>
{
    /// <summary>The account of pods that name none.</summary>
    public const string DefaultName = "default";

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public ServiceAccountController(IActorRef apiServer)
        : base(apiServer, "serviceaccounts", DefaultName)
    {
    }

    /// <summary>The actor <c>/user/kube-controller-manager/serviceaccount</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new ServiceAccountController(apiServer));

    /// <inheritdoc />
    protected override ServiceAccount Wanted(string @namespace, ServiceAccount? current) =>
        current ?? new ServiceAccount { Metadata = new ObjectMeta { Namespace = @namespace, Name = DefaultName } };
}
