using System.Globalization;
using ActorPlane.Api.Core.V1;
using ActorPlane.ControllerManager;
using ActorPlane.Faults;
using ActorPlane.Host.Manifests;
using ActorPlane.Tracing;
using Akka.Actor;
using Spectre.Console;

namespace ActorPlane.Host.Tour;

/// <summary>
/// What a newcomer is shown: a Deployment becomes running pods; a container crashes and is started again; a machine loses
/// power and its pods are replaced on others.
/// </summary>
internal sealed class GuidedTour(LiveRun run)
{
    /// <summary>
    /// Cluster seconds in a wall second, unless the user says otherwise. Kubernetes waits 50 s before it gives a node up
    /// and 300 s before it moves its pods: at 30 that is 12 s of watching.
    /// </summary>
    public const double DefaultSpeed = 30;

    private int _chapter;

    /// <summary>What the reader has to know before the first message is shown.</summary>
    /// <param name="speed">Cluster seconds in a wall second.</param>
    public static string Introduction(double speed) => string.Create(
        CultureInfo.InvariantCulture,
        $"ActorPlane: a Kubernetes control plane made of actors. One second here is {speed:0.##} s in the cluster. Each line is a message: when, from whom, to whom, what; indented under what caused it.");

    /// <summary>Shows it; null when everything came out as it should, else what did not.</summary>
    public async Task<string?> Show(int nodes, IReadOnlyList<ManifestObject> manifests, CancellationToken stop)
    {
        var replicas = manifests.Select(item => item.Object).OfType<Api.Apps.V1.Deployment>().Sum(deployment => deployment.Spec.Replicas ?? 1);
        await Chapter($"{nodes} machines boot; their kubelets register with the API server");
        await run.Boot(nodes, stop);

        await Chapter($"kubectl applies a Deployment of {replicas}: API server, etcd, controllers, scheduler, kubelets, Running");
        await ManifestApplier.Apply(run.Plane, manifests).WaitAsync(stop);
        if (await run.WaitUntilConverged(nodes, run.ConvergeTimeout, stop) is { } missing) return missing;

        var victim = ReadyPods()[0];
        await Chapter($"A container of {victim.Metadata.Name} crashes; its supervisor starts it again");
        await Inject((id, cause) => new FaultProtocol.CrashContainer(id, victim.Metadata.Namespace!, victim.Metadata.Name!, victim.Spec.Containers[0].Name!, 1, "Error", cause), stop);
        if (!await run.WaitUntil(() => ReadyPods().Any(pod => pod.Metadata.Uid == victim.Metadata.Uid && PodConditions.MaxRestarts(pod) > 0), run.ConvergeTimeout, stop))
            return $"pod {victim.Metadata.Name} did not come back";

        var lost = ReadyPods()[0].Spec.NodeName!;
        await Chapter($"{lost} loses power: it is missed after 50 s, its pods are given up after another 300 s, and replaced elsewhere");
        await Inject((id, cause) => new FaultProtocol.PowerOff(id, lost, cause), stop);
        if (!await run.WaitUntil(() => ReadyPods().Count(pod => pod.Spec.NodeName != lost) >= replicas, run.ConvergeTimeout, stop))
            return $"the pods of {lost} were not replaced";

        // Its pods went to others: the tour ends as a cluster with one machine less.
        if (await run.WaitUntilConverged(nodes - 1, run.ConvergeTimeout, stop) is { } unfinished) return unfinished;
        await Chapter("The end: a machine less, and as many pods as were asked for. The old pod stays Terminating: nobody can confirm its end");
        return null;
    }

    private IReadOnlyList<Pod> ReadyPods() =>
        [.. run.Plane.List<Pod>("pods").Where(pod => PodConditions.IsActive(pod) && PodConditions.IsReady(pod))];

    private async Task Inject(Func<long, Cause, FaultProtocol.IFault> fault, CancellationToken stop)
    {
        // The operator's client makes the cause, as it does for what a person does with kubectl.
        var cause = new TaskCompletionSource<Cause>(TaskCreationOptions.RunContinuationsAsynchronously);
        run.Plane.Operator.Tell(new Client.Operator.Act(client => cause.SetResult(client.NewCause())));
        var reply = await run.Plane.Faults.Ask<object>(fault(_chapter, await cause.Task), stop);
        if (reply is FaultProtocol.NoSuchTarget missing) throw new InvalidOperationException($"No such target: {missing.Target}.");
    }

    private async Task Chapter(string title)
    {
        await run.Flush();
        run.Out.WriteLine();
        run.Out.Write(new Rule($"[bold]{++_chapter}. {Markup.Escape(title)}[/]") { Justification = Justify.Left, Style = new Style(Color.Grey) });
    }
}
