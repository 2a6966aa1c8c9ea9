using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Host.Trace;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Host.Tests.Trace;

/// <summary>What a person is shown of the messages between actors.</summary>
public sealed class TraceReaderTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Cause First = new(1);
    private static readonly Cause Second = new(2);
    private readonly ActorSystem _system = ActorSystem.Create("trace", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
    private readonly TraceReader _reader = new(Start, TraceFilter.None, everything: false);
    private long _sequence;

    public void Dispose() => _system.Terminate().Wait();

    [Fact]
    public void A_message_is_a_line_with_names_time_and_depth()
    {
        var first = _reader.Read(Message("kubectl", "kube-apiserver", Create("pods", Pod, First)))!;
        var next = _reader.Read(Message("kube-apiserver", "etcd", Create("pods", Pod, First), seconds: 2))!;

        Assert.Equal(new TraceLine(TimeSpan.Zero, "kubectl", "kube-apiserver", 0, true, "create pods default/web"), first);
        Assert.Equal(new TraceLine(TimeSpan.FromSeconds(2), "kube-apiserver", "etcd", 1, false, "create pods default/web"), next);
    }

    [Fact]
    public void Lease_renewals_and_what_follows_from_them_are_counted_not_shown()
    {
        for (ulong i = 1; i <= 3; i++)
        {
            var renewal = new ApiServerProtocol.Update(1, "leases.coordination.k8s.io", new Lease { Metadata = new ObjectMeta { Name = "node-1" } }, ApiServerProtocol.WriteScope.Spec, "kubelet", new Cause(100 + i));
            Assert.Null(_reader.Read(Message("kube-apiserver", "etcd", renewal)));
            Assert.Null(_reader.Read(Message("etcd", "kube-apiserver", Create("x", Pod, new Cause(100 + i)))));
        }

        Assert.Equal(3, _reader.Heartbeats);
        Assert.Equal(3, _reader.TakeHeartbeats());
        Assert.Equal(0, _reader.TakeHeartbeats());
        Assert.NotNull(_reader.Read(Message("kubectl", "kube-apiserver", Create("pods", Pod, Second))));
    }

    [Fact]
    public void Good_answers_are_left_out_and_refusals_are_shown()
    {
        Assert.Null(_reader.Read(Message("kube-apiserver", "kubectl", new ApiServerProtocol.Written(1, Pod, First))));

        var refused = _reader.Read(Message("kube-apiserver", "kubectl", new ApiServerProtocol.Refused(1, new ActorPlane.Api.Meta.V1.Status { Code = 409, Reason = "Conflict", Message = "no" }, First)));

        Assert.Equal("refused: 409 Conflict no", refused!.Text);
    }

    [Fact]
    public void The_hop_over_a_nodes_link_is_one_message_of_its_kubelet()
    {
        var update = new ApiServerProtocol.Update(1, "pods", Pod, ApiServerProtocol.WriteScope.Status, "kubelet", First);
        Assert.Null(_reader.Read(Message("nodes/node-1/kubelet", "network/node-1", update)));

        var line = _reader.Read(Message("network/node-1", "kube-apiserver", update))!;

        Assert.Equal(("kubelet node-1", "kube-apiserver"), (line.From, line.To));
    }

    [Fact]
    public void Everything_means_everything()
    {
        var reader = new TraceReader(Start, TraceFilter.None, everything: true);

        Assert.NotNull(reader.Read(Message("kube-apiserver", "kubectl", new ApiServerProtocol.Written(1, Pod, First))));
        Assert.NotNull(reader.Read(Message("nodes/node-1/kubelet", "network/node-1", Create("pods", Pod, First))));
    }

    [Fact]
    public void The_filter_decides_about_lines()
    {
        var reader = new TraceReader(Start, TraceFilter.Parse("etcd"), everything: false);

        Assert.Null(reader.Read(Message("kubectl", "kube-apiserver", Create("pods", Pod, First))));
        Assert.NotNull(reader.Read(Message("kube-apiserver", "etcd", Create("pods", Pod, First))));
    }

    [Fact]
    public void One_message_to_many_receivers_is_one_line()
    {
        var line = new TraceLine(TimeSpan.Zero, "kube-apiserver", "kube-scheduler", 1, false, "added pods default/web");

        var both = line.AndAlso(line with { To = "pod-gc-controller" });

        Assert.Equal(line with { Others = 1 }, both);
        Assert.Null(line.AndAlso(line with { To = "x", Text = "other" }));
        Assert.Null(line.AndAlso(line with { From = "etcd", To = "x" }));
        Assert.Null(line.AndAlso(line));
    }

    private static Pod Pod { get; } = new() { Metadata = new ObjectMeta { Name = "web", Namespace = "default" } };

    private static ApiServerProtocol.Create Create(string resource, Pod pod, Cause cause) => new(1, resource, pod, "kubectl", cause);

    private TraceEvent Message(string from, string to, ITraced message, double seconds = 0) =>
        new(Start.AddSeconds(seconds), ++_sequence, At(from), At(to), message);

    // Only paths are looked at: nobody has to be there.
    private IActorRef At(string path) => ((ExtendedActorSystem)_system).Provider.ResolveActorRef("akka://trace/user/" + path);
}
