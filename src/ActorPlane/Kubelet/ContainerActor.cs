using ActorPlane.Faults;
using ActorPlane.Nodes;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;

namespace ActorPlane.Kubelet;

/// <summary>
/// <c>/user/nodes/NODE/runtime/POD/CONTAINER</c>: a container's process, real only in that it starts, runs and ends. It
/// ends by itself when its <see cref="WorkloadPlan"/> says so or a fault is injected: with exit code 0 by a message, with
/// any other by throwing <see cref="ContainerCrash"/>.
/// </summary>
public sealed class ContainerActor : TracedUntypedActor
{
    private const int SigTermExitCode = 143;
    private const int SigKillExitCode = 137;
    private readonly KubeletSettings _settings;
    private bool _runs;

    // Tells the timer of an earlier process from that of this one; null as long as no timer runs.
    private object? _process;

    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public ContainerActor(KubeletSettings settings) => _settings = settings;

    /// <summary>The same for all containers.</summary>
    public static Props PropsFor(KubeletSettings settings) => Props.Create<ContainerActor>(settings);

    /// <inheritdoc />
    protected override void PostRestart(Exception reason) =>
        Context.Parent.Tell(new ContainerProtocol.ContainerRestarted(Self.Path.Name, reason is ContainerCrash crash ? crash.Cause : Cause.None));

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ContainerProtocol.StartContainer start when !_runs:
                Start(start);
                break;
            case ContainerProtocol.Terminate terminate when _runs:
                ExitAfter(_settings.ContainerStop, new Exit(_process ??= new object(), SigTermExitCode, "Error", Crashed: false, terminate.Cause));
                break;
            case ContainerProtocol.Kill kill when _runs:
                End(SigKillExitCode, "Error", crashed: false, kill.Cause);
                break;
            case ContainerProtocol.Terminate or ContainerProtocol.Kill:
                break;
            case FaultProtocol.CrashContainer fault:
                // Answered first: a crash leaves no time for it.
                if (_runs)
                {
                    Sender.Tell(new FaultProtocol.Injected(fault.RequestId, fault.Cause));
                    End(fault.ExitCode, fault.Reason, fault.ExitCode != 0, fault.Cause);
                }
                else
                {
                    Sender.Tell(new FaultProtocol.NoSuchTarget(fault.RequestId, $"container {fault.Container} does not run", fault.Cause));
                }

                break;
            case Exit exit:
                if (_runs && ReferenceEquals(exit.Process, _process)) End(exit.ExitCode, exit.Reason, exit.Crashed, exit.Cause);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Start(ContainerProtocol.StartContainer start)
    {
        _runs = true;
        Context.Parent.Tell(new ContainerProtocol.ContainerStarted(start.Container, start.Cause));
        if (start.Plan is not { } plan) return;
        var isClean = plan.ExitCode == 0;
        ExitAfter(plan.Duration, new Exit(_process = new object(), plan.ExitCode, isClean ? "Completed" : "Error", Crashed: !isClean, start.Cause));
    }

    private void ExitAfter(TimeSpan delay, Exit exit)
    {
        if (delay > TimeSpan.Zero) Context.System.Scheduler.ScheduleTellOnce(delay, Self, exit, Self);
        else Self.Tell(exit);
    }

    private void End(int exitCode, string reason, bool crashed, Cause cause)
    {
        _runs = false;
        _process = null;
        var now = Context.System.Scheduler.Now;
        Context.Parent.Tell(new ContainerProtocol.ContainerExited(Self.Path.Name, exitCode, reason, crashed, now, cause));
        if (crashed) throw new ContainerCrash(Self.Path.Name, exitCode, reason, now, cause);
    }

    /// <summary>The time of a process is over.</summary>
    private sealed record Exit(object Process, int ExitCode, string Reason, bool Crashed, Cause Cause) : IDeadLetterSuppression;
}
