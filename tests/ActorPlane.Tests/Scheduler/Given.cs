using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Tests.Scheduler;

/// <summary>Nodes and pods as the scheduler's tests need them.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Node Node(
        string name, string cpu = "4", string memory = "8Gi", int pods = 110, ValueList<Taint>? taints = null,
        ValueMap<string>? labels = null, bool unschedulable = false, params (string Resource, string Amount)[] more) => new()
    {
        Metadata = new ObjectMeta { Name = name, Uid = "uid-" + name, Labels = labels ?? ValueMap<string>.Empty },
        Spec = new NodeSpec { Taints = taints ?? [], Unschedulable = unschedulable ? true : null },
        Status = new NodeStatus
        {
            Allocatable = Quantities([("cpu", cpu), ("memory", memory), ("pods", pods.ToString()), .. more]),
        },
    };

    public static Pod Pod(string name, string? cpu = null, string? memory = null, int? priority = null, PodSpec? spec = null, string? node = null) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default", Uid = "uid-" + name },
        Spec = (spec ?? new PodSpec { Containers = [Container(cpu, memory)], Priority = priority }) with { NodeName = node },
    };

    public static Container Container(string? cpu = null, string? memory = null, params (string Resource, string Amount)[] more)
    {
        var requests = Quantities(more);
        if (cpu is not null) requests = requests.With("cpu", Quantity.Parse(cpu));
        if (memory is not null) requests = requests.With("memory", Quantity.Parse(memory));
        return new Container { Name = "main", Resources = new ResourceRequirements { Requests = requests } };
    }

    public static NodeInfo Info(Node node, params Pod[] pods)
    {
        var info = new NodeInfo(node.Metadata.Name!);
        info.SetNode(node);
        foreach (var pod in pods) info.Add(PodDemand.Of(pod.Spec));
        return info;
    }

    public static ValueMap<Quantity> Quantities((string Resource, string Amount)[] amounts) =>
        ValueMap<Quantity>.From(amounts.Select(amount => KeyValuePair.Create(amount.Resource, Quantity.Parse(amount.Amount))));

    public static ValueMap<string> Labels(params (string Key, string Value)[] labels) =>
        ValueMap<string>.From(labels.Select(label => KeyValuePair.Create(label.Key, label.Value)));

    public static Taint Taint(string key, string value = "", string effect = "NoSchedule") => new() { Key = key, Value = value, Effect = effect };
}
