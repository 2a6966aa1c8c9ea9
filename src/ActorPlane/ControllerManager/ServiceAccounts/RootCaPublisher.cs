using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using Akka.Actor;

namespace ActorPlane.ControllerManager.ServiceAccounts;

/// <summary>
/// Keeps a ConfigMap <c>kube-root-ca.crt</c> in each namespace, from which pods take the certificate authority of their
/// cluster. (<c>C/certificates/rootcacertpublisher/publisher.go</c>.)
/// </summary>
public sealed class RootCaPublisher : PerNamespaceController<ConfigMap>
{
    /// <summary>The ConfigMap's name.</summary>
    public const string Name = "kube-root-ca.crt";

    /// <summary>The key in it.</summary>
    public const string Key = "ca.crt";

    /// <summary>
    /// A bundle without certificates, which says why: nothing here is signed, and a made-up certificate would only hide that.
    /// </summary>
    public const string Bundle = "# This is a simulated cluster: it has no certificate authority, and nothing in it is signed.\n";

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public RootCaPublisher(IActorRef apiServer)
        : base(apiServer, "configmaps", Name)
    {
    }

    /// <summary>The actor <c>/user/kube-controller-manager/root-ca-certificate-publisher</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new RootCaPublisher(apiServer));

    /// <inheritdoc />
    protected override ConfigMap Wanted(string @namespace, ConfigMap? current)
    {
        if (current is not null && current.Data.Count == 1 && current.Data.GetValueOrDefault(Key) == Bundle) return current;
        var item = current ?? new ConfigMap { Metadata = new ObjectMeta { Namespace = @namespace, Name = Name } };
        return item with { Data = ValueMap<string>.Empty.With(Key, Bundle) };
    }
}
