using ActorPlane.Faults;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Network;

/// <summary>
/// The connection of one node's kubelet to the API server. Commands go up in the link's name, so that what the API
/// server says comes back through the link, down to the kubelet; in each direction in order. A perfect link only passes
/// on; otherwise messages are late, and a connection that breaks (cut, healed, or given up after many losses) is one
/// that both ends hear of, by <see cref="ConnectionLost"/>, which ends the watches.
/// </summary>
public sealed class LinkActor : TracedUntypedActor
{
    private readonly IActorRef _apiServer;
    private readonly RetransmissionSettings _retransmission;
    private IActorRef _kubelet = ActorRefs.Nobody;
    private LinkQuality _quality;
    private Pipe? _up;
    private Pipe? _down;
    private Chance? _chance;
    private bool _timerIsSet;

    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public LinkActor(IActorRef apiServer, NetworkSettings settings) =>
        (_apiServer, _quality, _retransmission) = (apiServer, settings.Initial, settings.Retransmission);

    /// <summary>A link to <paramref name="apiServer"/>.</summary>
    public static Props PropsFor(IActorRef apiServer, NetworkSettings settings) => Props.Create<LinkActor>(apiServer, settings);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ICommand command:
                Up(command);
                break;
            case IReply or INotification or ConnectionLost:
                Down((ITraced)message);
                break;
            case Due:
                _timerIsSet = false;
                Deliver();
                break;
            case NetworkProtocol.Connect connect:
                Break(connect.Cause);
                _kubelet = Sender;
                break;
            case NetworkProtocol.Disconnect disconnect:
                Break(disconnect.Cause);
                _kubelet = ActorRefs.Nobody;
                break;
            case FaultProtocol.SetLink set:
                SetQuality(set);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Up(ICommand command)
    {
        if (_quality.IsPerfect && _up is null or { IsEmpty: true }) Pass(command, _apiServer);
        else Send(ref _up, command);
    }

    private void Down(ITraced message)
    {
        if (_quality.IsPerfect && _down is null or { IsEmpty: true }) Pass(message, _kubelet);
        else Send(ref _down, message);
    }

    private void Pass(object message, IActorRef target)
    {
        if (!_quality.IsCut) target.Tell(message, Self);
    }

    private void Send(ref Pipe? pipe, ITraced message)
    {
        if (_quality.IsCut) return;
        if (_quality.Delay(_chance ??= Chance.For(Context, "link"), _retransmission) is not { } delay)
        {
            BreakAndTell(message.Cause);
            return;
        }

        (pipe ??= new Pipe()).Put(message, Context.System.Scheduler.Now, delay);
        SetTimer();
    }

    private void Deliver()
    {
        var now = Context.System.Scheduler.Now;
        while (_up is not null && _up.TryTake(now, out var message)) _apiServer.Tell(message, Self);
        while (_down is not null && _down.TryTake(now, out var message)) _kubelet.Tell(message, Self);
        SetTimer();
    }

    private void SetTimer()
    {
        if (_timerIsSet) return;
        DateTimeOffset? due = _up is { IsEmpty: false } ? _up.NextDue : null;
        if (_down is { IsEmpty: false } && (due is null || _down.NextDue < due)) due = _down.NextDue;
        if (due is null) return;
        _timerIsSet = true;
        var wait = due.Value - Context.System.Scheduler.Now;
        Context.System.Scheduler.ScheduleTellOnce(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Self, Due.Instance, Self);
    }

    private void SetQuality(FaultProtocol.SetLink set)
    {
        var wasCut = _quality.IsCut;
        _quality = new LinkQuality(set.Cut, set.Latency, set.Loss);
        // Also when it heals: what was sent into the cut is gone.
        if (set.Cut != wasCut) BreakAndTell(set.Cause);
        Sender.Tell(new FaultProtocol.Injected(set.RequestId, set.Cause));
    }

    private void BreakAndTell(Cause cause)
    {
        Break(cause);
        _kubelet.Tell(new ConnectionLost(cause));
    }

    private void Break(Cause cause)
    {
        _up?.Clear();
        _down?.Clear();
        if (!_kubelet.IsNobody()) _apiServer.Tell(new ConnectionLost(cause));
    }

    /// <summary>The next message is due.</summary>
    private sealed class Due : IDeadLetterSuppression
    {
        public static readonly Due Instance = new();
    }
}
