using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Nodes;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;

namespace ActorPlane.Kubelet;

/// <summary>
/// The part of a kubelet that speaks for its node: registers it, renews its lease and reports its status. It runs inside the
/// kubelet's actor, of which it belongs to one incarnation.
/// Source: <c>pkg/kubelet/kubelet_node_status.go</c>, <c>G/component-helpers/apimachinery/lease/controller.go</c>.
/// </summary>
internal sealed class NodeHeartbeat
{
    private const string Nodes = "nodes";
    private const string Leases = "leases.coordination.k8s.io";
    private readonly ApiClient _client;
    private readonly EventRecorder _events;
    private readonly IActorContext _context;
    private readonly Chance _chance;
    private readonly MachineSpec _machine;
    private readonly string _bootId;
    private readonly KubeletSettings _settings;
    private Lease? _lease;
    private LeaseRenewal _renewal;
    private bool _isDeleted;
    private DateTimeOffset _reportedAt;

    /// <summary>The heartbeat of a machine that is not registered yet.</summary>
    /// <param name="context">The kubelet's.</param>
    /// <param name="bootId">Another one for each time that the machine got power.</param>
    public NodeHeartbeat(IActorContext context, ApiClient client, EventRecorder events, MachineSpec machine, string bootId, KubeletSettings settings)
    {
        (_context, _client, _events, _machine, _bootId, _settings) = (context, client, events, machine, bootId, settings);
        _chance = Chance.For(context, "kubelet");
    }

    /// <summary>The node as last seen; null until it is registered.</summary>
    public Node? Node { get; private set; }

    /// <summary>Creates the node, or finds it, and goes on renewing its lease from then on.</summary>
    public void Register(Cause cause) => _client.Create(Nodes, NodeObjects.Register(_machine, _bootId, _settings, _client.Now), cause, OnRegistered);

    /// <summary>Reads the node.</summary>
    public void Get(Cause cause, Action<ApiOutcome> then) => _client.Get(Nodes, "", _machine.Name, cause, then);

    /// <summary>Takes a node that somebody read, unless a newer one is at hand.</summary>
    public void See(Node node)
    {
        if (Node is null || StoredObject.RevisionOf(node) > StoredObject.RevisionOf(Node)) Node = node;
    }

    // ---- the registration ----

    private void OnRegistered(ApiOutcome outcome)
    {
        if (outcome.Object is Node node)
        {
            Node = node;
            _reportedAt = _client.Now;
            Note("Starting", "Starting kubelet.", outcome.Cause);
            Note("NodeReady", $"Node {_machine.Name} status is now: NodeReady", outcome.Cause);
            StartLease(outcome.Cause);
        }
        else if (outcome.IsRefused(StatusReason.AlreadyExists))
        {
            Get(outcome.Cause, OnFound);
        }
        else
        {
            RegisterLater(outcome.Cause);
        }
    }

    private void OnFound(ApiOutcome outcome)
    {
        if (outcome.Object is not Node node)
        {
            RegisterLater(outcome.Cause);
            return;
        }

        Node = node;
        Note("Starting", "Starting kubelet.", outcome.Cause);
        if (_settings.NodeEvents && node.Status.NodeInfo.BootID != _bootId)
            _events.Warning(node, "Rebooted", $"Node {_machine.Name} has been rebooted, boot id: {_bootId}", outcome.Cause);
        Report(outcome.Cause);
        StartLease(outcome.Cause);
    }

    private void RegisterLater(Cause cause) => _client.After(_settings.RetryDelay, () => Register(cause));

    private void Note(string reason, string message, Cause cause)
    {
        if (_settings.NodeEvents) _events.Normal(Node!, reason, message, cause);
    }

    // ---- the status ----

    /// <summary>Writes the node's status over what is there now: others write to it as well.</summary>
    private void Report(Cause cause)
    {
        _reportedAt = _client.Now;
        var status = NodeObjects.StatusOf(Node!.Status, _machine, _bootId, _settings, _client.Now);
        _client.UpdateStatus(Nodes, Node with { Status = status }, cause, outcome =>
        {
            if (outcome.Object is Node written) Node = written;
            else if (outcome.IsRefused(StatusReason.Conflict)) RefreshAndReport(outcome.Cause);
        });
    }

    private void RefreshAndReport(Cause cause) => Get(cause, outcome =>
    {
        if (outcome.Object is not Node node) return;
        Node = node;
        Report(outcome.Cause);
    });

    // ---- the lease ----

    private void StartLease(Cause cause)
    {
        _lease = NodeObjects.LeaseOf(Node!, _settings, _client.Now);
        Renew(cause);
        ScheduleTick();
    }

    private void ScheduleTick() => _client.After(_chance.Jitter(_settings.LeaseRenewInterval, _settings.LeaseJitter), OnTick);

    private void OnTick()
    {
        var cause = _client.NewCause();
        _renewal = _renewal.GiveUp(_client.Now, _settings.HeartbeatTimeout);
        if (_renewal.Exists) Renew(cause);
        else Restore(cause);
        if (_client.Now - _reportedAt >= _settings.StatusReportInterval) RefreshAndReport(cause);
        ScheduleTick();
    }

    private void Renew(Cause cause)
    {
        if (_renewal.IsUnderWay) return;
        _renewal = _renewal.Begin(_client.Now);
        _lease = NodeObjects.Renewed(_lease!, _client.Now);
        var number = _renewal.Number;
        if (_renewal.Exists) _client.Update(Leases, _lease, cause, outcome => OnRenewed(number, outcome));
        else _client.Create(Leases, _lease, cause, outcome => OnRenewed(number, outcome));
    }

    private void OnRenewed(int number, ApiOutcome outcome)
    {
        (_renewal, var step) = _renewal.Answer(number, outcome, _client.Now, _settings.LeaseDuration);
        switch (step)
        {
            case LeaseStep.Report:
                RefreshAndReport(outcome.Cause);
                break;
            case LeaseStep.Restore:
                Restore(outcome.Cause);
                break;
            case LeaseStep.Renew:
                Renew(outcome.Cause);
                break;
        }
    }

    /// <summary>
    /// A lease belongs to its node. While somebody has deleted the node there is none, and the node stays away until this kubelet
    /// starts anew or somebody creates it: a kubelet registers once (<c>registerWithAPIServer</c>, <c>ensureLease</c>).
    /// </summary>
    private void Restore(Cause cause) => Get(cause, outcome =>
    {
        var wasDeleted = _isDeleted;
        _isDeleted = outcome.IsRefused(StatusReason.NotFound);
        if (_isDeleted && !wasDeleted) _context.GetLogger().Warning("somebody deleted node {0}: its status cannot be updated", _machine.Name);
        if (outcome.Object is not Node node) return;
        var isAnother = node.Metadata.Uid != Node!.Metadata.Uid;
        Node = node;
        _lease = NodeObjects.LeaseOf(node, _settings, _client.Now);
        Renew(outcome.Cause);
        if (isAnother) Report(outcome.Cause);
    });
}
