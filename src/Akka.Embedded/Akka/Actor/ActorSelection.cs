#nullable disable
namespace Akka.Actor;

/// <summary>A path, possibly with wildcards, that is looked up anew for every message.</summary>
public class ActorSelection : ICanTell
{
    public ActorSelection()
    {
    }

    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, path.Length == 0 ? [] : path.Split('/'))
    {
    }

    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
    {
        Anchor = anchor;
        Path = elements.Where(e => !string.IsNullOrWhiteSpace(e)).Select(Step).ToArray();
    }

    /// <summary>Where the path starts.</summary>
    public IActorRef Anchor { get; private set; }

    public SelectionPathElement[] Path { get; private set; }

    public string PathString => "/" + string.Join("/", Path.Select(e => e.ToString()));

    public void Tell(object message, IActorRef sender = null)
    {
        sender ??= ActorCell.GetCurrentSelfOrNoSender();
        DeliverSelection(
            (IInternalActorRef)Anchor,
            sender,
            new ActorSelectionMessage(message, Path, Path.Any(e => e is SelectChildPattern or SelectChildRecursive)));
    }

    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>The first actor that answers; fails with <see cref="ActorNotFoundException"/> if none does in time.</summary>
    public Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        var provider = Futures.ResolveProvider(this)
            ?? throw new ArgumentException("Unable to resolve the target Provider");
        var promise = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        ICancelable timer = null;
        var receiver = new PromiseActorRef(provider, message =>
        {
            timer?.Cancel();
            if (message is ActorIdentity { Subject: { } subject })
                promise.TrySetResult(subject);
            else
                Fail(new ActorNotFoundException("subject was null"));
        });

        // As with an Ask, a time that is not positive is no limit.
        if (timeout > TimeSpan.Zero)
        {
            timer = provider.Settings.System.Scheduler.Advanced.ScheduleOnceCancelable(
                timeout, () => Fail(new AskTimeoutException($"Timeout after {timeout} seconds")));
        }

        if (ct.CanBeCanceled)
            ct.Register(() => Fail(new TaskCanceledException()));
        Tell(new Identify(null), receiver);
        return promise.Task;

        void Fail(Exception cause) =>
            promise.TrySetException(new ActorNotFoundException("Exception occurred while resolving ActorSelection", cause));
    }

    public override string ToString()
    {
        var anchor = Anchor.Path;
        var uid = anchor.Uid == ActorCell.UndefinedUid ? "" : $"#{anchor.Uid}";
        return $"ActorSelection[Anchor({anchor}{uid}), Path({PathString})]";
    }

    protected bool Equals(ActorSelection other) => Equals(Anchor, other.Anchor) && Path.SequenceEqual(other.Path);

    public override bool Equals(object obj) => obj is ActorSelection other && other.GetType() == GetType() && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Anchor, Path?.Length ?? 0);

    internal static void DeliverSelection(IInternalActorRef anchor, IActorRef sender, ActorSelectionMessage selection)
    {
        if (selection.Elements.Length == 0)
        {
            anchor.Tell(selection.Message, sender);
            return;
        }

        var current = anchor;
        for (var i = 0; i < selection.Elements.Length; i++)
        {
            if (current is not ActorRefWithCell withCell)
            {
                // Not an actor of this tree: let it go on by itself.
                current.Tell(selection.Copy(elements: selection.Elements[i..]), sender);
                return;
            }

            var last = i == selection.Elements.Length - 1;
            switch (selection.Elements[i])
            {
                case SelectParent:
                    current = withCell.Parent;
                    break;
                case SelectChildName { Name: var name }:
                    var child = withCell.GetSingleChild(name);
                    if (child.IsNobody())
                    {
                        // A wildcard that leads nowhere is nothing to speak of.
                        if (!selection.WildCardFanOut)
                            NotFound(anchor, selection, sender);
                        return;
                    }

                    current = child;
                    break;
                case SelectChildRecursive:
                    foreach (var each in withCell.Children)
                    {
                        each.Tell(selection.Message, sender);
                        DeliverSelection((IInternalActorRef)each, sender, selection.Copy(elements: [SelectChildRecursive.Instance], wildCardFanOut: true));
                    }

                    return;
                case SelectChildPattern { PatternStr: var pattern }:
                    var matching = withCell.Children.Where(c => Util.WildcardMatch.Like(c.Path.Name, pattern)).ToList();
                    if (matching.Count == 0 && !selection.WildCardFanOut)
                    {
                        NotFound(anchor, selection, sender);
                        return;
                    }

                    var rest = selection.Elements[(i + 1)..];
                    foreach (var each in matching)
                    {
                        if (last)
                            each.Tell(selection.Message, sender);
                        else
                            DeliverSelection((IInternalActorRef)each, sender, selection.Copy(elements: rest, wildCardFanOut: selection.WildCardFanOut || matching.Count > 1));
                    }

                    return;
            }

            if (last)
                current.Tell(selection.Message, sender);
        }
    }

    /// <summary>The dead letter is addressed to the path as it was selected, from its anchor on.</summary>
    private static void NotFound(IInternalActorRef anchor, ActorSelectionMessage selection, IActorRef sender)
    {
        var provider = anchor.Provider;
        var path = anchor.Path / selection.Elements.Select(e => e.ToString());
        new EmptyLocalActorRef(provider, path, provider.Settings.System.EventStream).Tell(selection, sender);
    }

    private static SelectionPathElement Step(string element) => element switch
    {
        ".." => SelectParent.Instance,
        "**" => SelectChildRecursive.Instance,
        _ when element.AsSpan().IndexOfAny('*', '?') >= 0 => new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };
}
