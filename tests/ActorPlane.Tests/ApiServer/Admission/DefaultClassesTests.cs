using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Networking.V1;
using ActorPlane.Api.Storage.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Tests.ApiServer.Admission;

/// <summary>What new claims, ingresses and volumes get that they do not ask for.</summary>
public sealed class DefaultClassesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ObjectTable _objects = new();

    public DefaultClassesTests() => _objects.Put("namespaces", new Namespace { Metadata = new ObjectMeta { Name = "default" } });

    [Fact]
    public void A_claim_without_a_class_gets_the_newest_default_one()
    {
        Assert.Null(Stored("persistentvolumeclaims", Claim()).Spec.StorageClassName);
        PutClass("plain", hours: 3, isDefault: false);
        PutClass("new", hours: 2);
        PutClass("next", hours: 2);
        PutClass("old", hours: 1);
        Assert.Equal("new", Stored("persistentvolumeclaims", Claim()).Spec.StorageClassName);
        Assert.Equal("", Stored("persistentvolumeclaims", Claim() with { Spec = Claim().Spec with { StorageClassName = "" } }).Spec.StorageClassName);
    }

    [Fact]
    public void An_ingress_without_a_class_gets_the_default_one()
    {
        var ingress = new Ingress
        {
            Metadata = Meta("i"),
            Spec = new IngressSpec { DefaultBackend = new IngressBackend { Service = new IngressServiceBackend { Name = "s", Port = new ServiceBackendPort { Number = 80 } } } },
        };
        Assert.Null(Stored("ingresses.networking.k8s.io", ingress).Spec.IngressClassName);
        _objects.Put("ingressclasses.networking.k8s.io", new IngressClass { Metadata = Marked("main", "ingressclass.kubernetes.io/is-default-class", Now) });
        Assert.Equal("main", Stored("ingresses.networking.k8s.io", ingress).Spec.IngressClassName);
        var old = ingress with { Metadata = ingress.Metadata with { Annotations = ValueMap<string>.Empty.With("kubernetes.io/ingress.class", "x") } };
        Assert.Null(Stored("ingresses.networking.k8s.io", old).Spec.IngressClassName);
    }

    [Fact]
    public void A_volume_says_since_when_it_is_in_its_phase()
    {
        var volume = Stored("persistentvolumes", new PersistentVolume
        {
            Metadata = new ObjectMeta { Name = "v" },
            Spec = new PersistentVolumeSpec
            {
                Capacity = ValueMap<Quantity>.Empty.With("storage", Quantity.Parse("1Gi")), AccessModes = ["ReadWriteOnce"], HostPath = new HostPathVolumeSource { Path = "/x" },
            },
        });
        Assert.Equal("Pending", volume.Status.Phase);
        Assert.Equal<Timestamp?>(Now, volume.Status.LastPhaseTransitionTime);

        var later = Now.AddMinutes(1);
        var same = Updated(volume, volume.Status with { Message = "m", LastPhaseTransitionTime = null }, later);
        Assert.Equal<Timestamp?>(Now, same.Status.LastPhaseTransitionTime);
        var next = Updated(volume, volume.Status with { Phase = "Available" }, later);
        Assert.Equal<Timestamp?>(later, next.Status.LastPhaseTransitionTime);
    }

    private static PersistentVolumeClaim Claim() => new()
    {
        Metadata = Meta("c"),
        Spec = new PersistentVolumeClaimSpec
        {
            AccessModes = ["ReadWriteOnce"], Resources = new VolumeResourceRequirements { Requests = ValueMap<Quantity>.Empty.With("storage", Quantity.Parse("1Gi")) },
        },
    };

    private static PersistentVolume Updated(PersistentVolume volume, PersistentVolumeStatus status, DateTimeOffset now) =>
        (PersistentVolume)Assert.IsType<WritePlan.Store>(WritePlanner.Update(
            new ResourceTable().Find("persistentvolumes")!, volume with { Status = status }, volume, ApiServerProtocol.WriteScope.Status, now)).Object;

    private T Stored<T>(string resource, T item)
        where T : IKubeObject =>
        (T)Assert.IsType<WritePlan.Store>(WritePlanner.Create(new ResourceTable().Find(resource)!, item, null, new WriteContext(Now, new Chance(7), _objects, new PodSpecMemo(), 300))).Object;

    private void PutClass(string name, int hours, bool isDefault = true) => _objects.Put("storageclasses.storage.k8s.io", new StorageClass
    {
        Metadata = Marked(name, isDefault ? "storageclass.kubernetes.io/is-default-class" : "other", Now.AddHours(hours)),
    });

    private static ObjectMeta Marked(string name, string mark, DateTimeOffset created) =>
        new() { Name = name, CreationTimestamp = created, Annotations = ValueMap<string>.Empty.With(mark, "true") };

    private static ObjectMeta Meta(string name) => new() { Namespace = "default", Name = name };
}
