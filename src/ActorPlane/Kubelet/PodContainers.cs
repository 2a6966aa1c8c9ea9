using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Kubelet;

/// <summary>
/// The containers of one pod in the runtime: which of them is started next, what the status of each one is, and when the pod
/// has ended. <see cref="PodActor"/> performs what follows from it. A container goes by its index: init containers first,
/// then the others, both in the order of the spec, then the ephemeral ones as they come.
/// Source: <c>pkg/kubelet/kuberuntime/kuberuntime_manager.go</c> (computePodActions, SyncPod).
/// </summary>
public sealed class PodContainers
{
    /// <summary>The index of no container.</summary>
    public const int None = -1;

    // Not the whole pod: it would keep an old version of it in memory.
    private readonly PodSpec _spec;
    private readonly string _uid;
    private Container[] _ephemeral = [];
    private Slot[] _slots;

    // The container whose start is under way; all before it have been started.
    private int _next;

    private PodContainers(PodSpec spec, string uid, Slot[] slots) => (_spec, _uid, _slots) = (spec, uid, slots);

    /// <summary>How far the pod has come.</summary>
    public PodRuntimePhase Phase { get; private set; } = PodRuntimePhase.Sandbox;

    /// <summary>How many containers there are, those included that have ended.</summary>
    public int Count => _slots.Length;

    private int InitCount => _spec.InitContainers.Count;

    private int MainCount => InitCount + _spec.Containers.Count;

    /// <summary>The containers of a pod before any of them runs; what its status says they did on a machine that lost power is kept.</summary>
    public static PodContainers Of(Pod pod, DateTimeOffset now)
    {
        var (spec, status) = (pod.Spec, pod.Status);
        var containers = new PodContainers(spec, pod.Metadata.Uid!, new Slot[spec.InitContainers.Count + spec.Containers.Count]);
        var hasInit = spec.InitContainers.Count > 0;
        for (var i = 0; i < containers.Count; i++)
        {
            var initial = ContainerStates.Initial(containers.At(i), hasInit);
            var known = (i < containers.InitCount ? status.InitContainerStatuses : status.ContainerStatuses).Find(other => other.Name == initial.Name);
            containers._slots[i].Status = known is null ? initial : ContainerStates.Lost(initial, known, now);
        }

        containers.AddEphemeral(pod, now);
        return containers;
    }

    /// <summary>The spec of a container.</summary>
    public Container At(int index) => index < InitCount ? _spec.InitContainers[index]
        : index < MainCount ? _spec.Containers[index - InitCount]
        : _ephemeral[index - MainCount];

    /// <summary>The container of that name, or <see cref="None"/>.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_slots[i].Status.Name == name) return i;
        }

        return None;
    }

    /// <summary>The status of a container.</summary>
    public ContainerStatus StatusOf(int index) => _slots[index].Status;

    /// <summary>The statuses of the init containers.</summary>
    public ValueList<ContainerStatus> InitStatuses() => Statuses(0, InitCount);

    /// <summary>The statuses of the containers proper.</summary>
    public ValueList<ContainerStatus> MainStatuses() => Statuses(InitCount, MainCount);

    /// <summary>The statuses of the ephemeral containers.</summary>
    public ValueList<ContainerStatus> EphemeralStatuses() => Statuses(MainCount, Count);

    /// <summary>Its process was started and has not ended.</summary>
    public bool IsAlive(int index) => _slots[index].IsAlive;

    /// <summary>An init container that must run to its end, other than a sidecar.</summary>
    public bool IsInit(int index) => index < InitCount && !IsSidecar(index);

    /// <summary>Adds the ephemeral containers that are new.</summary>
    public void AddEphemeral(Pod pod, DateTimeOffset now)
    {
        // Patches put new ones before old ones: names tell which are new.
        foreach (var ephemeral in pod.Spec.EphemeralContainers)
        {
            if (Array.Exists(_ephemeral, other => other.Name == ephemeral.Name)) continue;
            var container = AsContainer(ephemeral);
            _ephemeral = [.. _ephemeral, container];

            // No probes: nobody ever calls them ready, or started.
            var initial = ContainerStates.Initial(container, hasInit: false) with { Started = null };
            var known = pod.Status.EphemeralContainerStatuses.Find(other => other.Name == container.Name);
            var slot = new Slot { Status = known is null ? initial : ContainerStates.Lost(initial, known, now) };
            if (slot.Status.LastState.Terminated is not null) slot.StayDown();
            _slots = [.. _slots, slot];
        }
    }

    /// <summary>The network is set up: the containers may start.</summary>
    public void SandboxReady() => Phase = PodRuntimePhase.Starting;

    /// <summary>The container to start now, or <see cref="None"/> when all have been: then the pod runs.</summary>
    public int NextToStart()
    {
        while (_next < MainCount && StaysDown(_next)) _slots[_next++].StayDown();
        if (_next < MainCount) return _next;
        Phase = PodRuntimePhase.Running;
        return None;
    }

    /// <summary>An ephemeral container that is to start and has not been asked for before, or <see cref="None"/>.</summary>
    public int NextEphemeral()
    {
        for (var i = MainCount; i < Count; i++)
        {
            ref var slot = ref _slots[i];
            if (slot.IsDone || slot.IsAlive || slot.IsCalled) continue;
            slot.IsCalled = true;
            return i;
        }

        return None;
    }

    /// <summary>An image is there: the container that waits for it, or <see cref="None"/>.</summary>
    public int ImageReady(string image, string imageId)
    {
        var index = Phase switch
        {
            PodRuntimePhase.Starting => _next,
            PodRuntimePhase.Running => EphemeralWithout(image),
            _ => None,
        };
        if (index != None) _slots[index].ImageId = imageId;
        return index;
    }

    /// <summary>A container's process is being started.</summary>
    public void Launched(int index, DateTimeOffset now, CrashLoopSettings settings)
    {
        ref var slot = ref _slots[index];
        slot.IsAlive = true;
        // Here, not when it says that it runs: it may crash before we hear that.
        if (slot.EndedAt != default) slot.BackOff = slot.BackOff.Restarted(slot.EndedAt, now, settings);
    }

    /// <summary>A container's process runs.</summary>
    /// <returns>Whether the next container may start: an init container must end before that.</returns>
    public bool Started(int index, DateTimeOffset now)
    {
        ref var slot = ref _slots[index];
        slot.Status = ContainerStates.Run(slot.Status, _uid, slot.ImageId ?? "", now);
        if (IsProbed(index))
        {
            var container = At(index);
            slot.Status = slot.Status with { Started = container.StartedAfter() == TimeSpan.Zero, Ready = container.ReadyAfter() == TimeSpan.Zero };
        }

        if (Phase != PodRuntimePhase.Starting || index != _next || IsInit(index)) return false;
        _next++;
        return true;
    }

    /// <summary>How long after its start a container counts as started, and as ready; zero when it does at once, or never.</summary>
    public (TimeSpan Started, TimeSpan Ready) ProbesOf(int index) =>
        IsProbed(index) ? (At(index).StartedAfter(), At(index).ReadyAfter()) : default;

    /// <summary>The probes of a container's process pass from now on.</summary>
    /// <param name="restartCount">Which process: the probes of an earlier one say nothing about this one.</param>
    /// <returns>Whether this is news.</returns>
    public bool ProbesPass(int index, int restartCount, bool isReady)
    {
        ref var slot = ref _slots[index];
        if (slot.Status.State.Running is null || slot.Status.RestartCount != restartCount || Phase == PodRuntimePhase.Stopping) return false;
        slot.Status = slot.Status with { Started = true, Ready = isReady };
        return true;
    }

    /// <summary>Overrides whether a running container is ready.</summary>
    public void SetReady(int index, bool isReady) => _slots[index].Status = _slots[index].Status with { Ready = isReady };

    /// <summary>What follows when a container ends like this; nothing changes yet.</summary>
    public RestartDecision WhenExited(int index, int exitCode, DateTimeOffset endedAt, CrashLoopSettings settings) =>
        Phase is PodRuntimePhase.Stopping or PodRuntimePhase.Ended
            ? default
            : RestartDecision.After(PolicyOf(index), IsInit(index), exitCode, _slots[index].BackOff, endedAt, settings);

    /// <summary>A container's process has ended.</summary>
    /// <param name="pod"><c>name_namespace(uid)</c>.</param>
    /// <returns>What follows.</returns>
    public RestartDecision Exited(int index, ContainerProtocol.ContainerExited exited, CrashLoopSettings settings, string pod)
    {
        var decision = WhenExited(index, exited.ExitCode, exited.EndedAt, settings);
        ref var slot = ref _slots[index];
        slot.IsAlive = false;
        slot.IsDone = decision.Verdict == RestartVerdict.Never;
        slot.EndedAt = exited.EndedAt;
        slot.Status = ContainerStates.End(slot.Status, exited.ExitCode, exited.Reason, exited.EndedAt);
        if (decision.Verdict == RestartVerdict.Later) slot.Status = ContainerStates.BackOff(slot.Status, decision.Wait, pod);
        return decision;
    }

    /// <summary>An init container that has succeeded makes way for the next container.</summary>
    /// <returns>Whether it was one.</returns>
    public bool TryAdvance(int index)
    {
        ref var slot = ref _slots[index];
        if (Phase != PodRuntimePhase.Starting || !IsInit(index) || !slot.IsDone || HasFailed(slot)) return false;
        slot.Status = slot.Status with { Ready = true };
        _next++;
        return true;
    }

    /// <summary>Whether nothing is left to run but sidecars and ephemeral containers: a pod does not go on for these.</summary>
    public bool IsComplete()
    {
        // An init container that failed for good ends the pod before it has begun.
        for (var i = 0; i < InitCount; i++)
        {
            if (_slots[i].IsDone && HasFailed(_slots[i])) return true;
        }

        for (var i = InitCount; i < MainCount; i++)
        {
            if (!_slots[i].IsDone) return false;
        }

        return true;
    }

    /// <summary>All are told to end.</summary>
    public void Stop() => Phase = PodRuntimePhase.Stopping;

    /// <summary>Whether all have ended after they were told to.</summary>
    public bool TryEnd()
    {
        if (Phase != PodRuntimePhase.Stopping || Array.Exists(_slots, static slot => slot.IsAlive)) return false;
        Phase = PodRuntimePhase.Ended;
        return true;
    }

    private static Container AsContainer(EphemeralContainer ephemeral) => new()
    {
        Name = ephemeral.Name,
        Image = ephemeral.Image,
        ImagePullPolicy = ephemeral.ImagePullPolicy,
        Command = ephemeral.Command,
        Args = ephemeral.Args,
    };

    private static bool HasFailed(in Slot slot) => slot.Status.State.Terminated?.ExitCode != 0;

    private ValueList<ContainerStatus> Statuses(int from, int to)
    {
        if (from == to) return [];
        var statuses = new ContainerStatus[to - from];
        for (var i = 0; i < statuses.Length; i++) statuses[i] = _slots[from + i].Status;
        return [.. statuses];
    }

    private bool IsSidecar(int index) => index < InitCount && _spec.InitContainers[index].IsSidecar();

    private bool IsProbed(int index) => index < MainCount && !IsInit(index);

    private string PolicyOf(int index) => IsSidecar(index) ? "Always" : index >= MainCount ? "Never" : _spec.RestartPolicy ?? "Always";

    // After a power failure: what had ended for good before it is not run again, but what the failure ended may be.
    private bool StaysDown(int index)
    {
        var status = _slots[index].Status;
        if (IsInit(index) || status.State.Waiting is null || status.LastState.Terminated is not { } last) return false;
        return PolicyOf(index) == "Never" || (PolicyOf(index) == "OnFailure" && last.ExitCode == 0);
    }

    private int EphemeralWithout(string image)
    {
        for (var i = MainCount; i < Count; i++)
        {
            ref var slot = ref _slots[i];
            if (!slot.IsDone && !slot.IsAlive && slot.ImageId is null && (At(i).Image ?? "") == image) return i;
        }

        return None;
    }

    private struct Slot
    {
        public ContainerStatus Status;
        public string? ImageId;
        public CrashLoopBackOff BackOff;

        /// <summary>When it ended last; the default when it never has.</summary>
        public DateTimeOffset EndedAt;

        /// <summary>Its process was started and has not ended.</summary>
        public bool IsAlive;

        /// <summary>It has ended for good.</summary>
        public bool IsDone;

        /// <summary>Its image was asked for; only of ephemeral containers.</summary>
        public bool IsCalled;

        /// <summary>It ended on a machine that lost power, and is not started again.</summary>
        public void StayDown()
        {
            Status = Status with { State = Status.LastState, LastState = ContainerState.Empty };
            IsDone = true;
        }
    }
}
