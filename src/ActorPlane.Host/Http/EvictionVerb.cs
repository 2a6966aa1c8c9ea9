using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Policy.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.ControllerManager;
using ActorPlane.ControllerManager.Disruption;
using ActorPlane.ControllerManager.Nodes;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Host.Http;

/// <summary>
/// POST of an Eviction: a deletion that a PodDisruptionBudget may forbid for now, with 429
/// (<c>pkg/registry/core/pod/storage/eviction.go</c>).
/// </summary>
internal sealed class EvictionVerb(HttpGatewayClient client, ReadVerbs read, WriteVerbs write)
{
    private const string Budgets = "poddisruptionbudgets.policy";

    /// <summary>So often a budget or pod that somebody else changed is looked at anew.</summary>
    private const int Attempts = 20;

    /// <summary>So many evictions of one budget may be under way.</summary>
    private const int MaxDisruptedPods = 2000;

    private static readonly GroupVersionKind Kind = new("policy", "v1", "Eviction");
    private static readonly GroupVersionResource BudgetResource = new("policy", "v1", "poddisruptionbudget");

    /// <summary>Serves the request.</summary>
    public async Task Evict(ApiRequest request)
    {
        var eviction = (Eviction)(await RequestBody.Read(request.Http.Request)).Object(request, Kind, Eviction.Descriptor);
        if (eviction.Metadata.Name is { } said && said != request.Path.Name)
            throw new StatusException(ApiErrors.BadRequest("name in URL does not match name in Eviction object"));
        var options = eviction.DeleteOptions ?? DeleteOptions.Empty;
        if (request.IsDryRun) options = options with { DryRun = ["All"] };
        var (pod, isGone) = ((Pod)read.Find(request.Path), false);
        await Retry(options.Preconditions?.ResourceVersion is null, async () =>
        {
            pod = (Pod)read.Find(request.Path);
            if (!IsFree(pod)) return;
            await Delete(request, pod, pod.Status.Phase == "Pending" && pod.Metadata.DeletionTimestamp is null ? AsItIs(pod, options) : options);
            isGone = true;
        });
        if (!isGone) await EvictGuarded(request, pod, options);
        await Answers.Status(request.Http, ApiErrors.Success() with { Code = 201 }, 201);
    }

    private async Task EvictGuarded(ApiRequest request, Pod pod, DeleteOptions options)
    {
        var budgets = BudgetsOf(pod);
        if (budgets.Count > 1)
            throw new StatusException(ApiErrors.Failure(500, "", "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."));
        if (budgets.Count == 0)
        {
            await Delete(request, pod, options);
        }
        else if (MayGoUnhealthy(pod, budgets[0]))
        {
            try
            {
                await Delete(request, pod, AsItIs(pod, options));
            }
            catch (StatusException e) when (e.Status.Reason == StatusReason.Conflict && options.Preconditions?.ResourceVersion is null)
            {
                throw new StatusException(NotNow(budgets[0]));
            }
        }
        else
        {
            await Spend(request, pod, budgets[0], options.DryRun.Contains("All"));
            await Delete(request, pod, options);
        }
    }

    // What has ended, never began, or goes already may go whatever the budget says.
    private static bool IsFree(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed" or "Pending" || pod.Metadata.DeletionTimestamp is not null;

    // What is not ready does not count; it may go if that is always so, or if the budget is met without it.
    private static bool MayGoUnhealthy(Pod pod, PodDisruptionBudget budget) =>
        !PodConditions.IsReady(pod)
        && (budget.Spec.UnhealthyPodEvictionPolicy == "AlwaysAllow"
            || ((budget.Status.CurrentHealthy ?? 0) >= (budget.Status.DesiredHealthy ?? 0) && budget.Status.DesiredHealthy > 0));

    // Only if nothing has changed since it was looked at.
    private static DeleteOptions AsItIs(Pod pod, DeleteOptions options) =>
        options.Preconditions?.ResourceVersion is not null ? options
        : options with { Preconditions = (options.Preconditions ?? Preconditions.Empty) with { ResourceVersion = pod.Metadata.ResourceVersion } };

    private List<PodDisruptionBudget> BudgetsOf(Pod pod) => pod.Metadata.Labels.IsEmpty ? [] :
    [
        .. client.Snapshot[Budgets].Items.Values.Cast<PodDisruptionBudget>()
            .Where(budget => budget.Metadata.Namespace == pod.Metadata.Namespace && budget.Spec.Selector.Matches(pod.Metadata.Labels)),
    ];

    private async Task Spend(ApiRequest request, Pod pod, PodDisruptionBudget budget, bool isDryRun)
    {
        var key = NamespacedName.Of(budget);
        await Retry(true, async () =>
        {
            if (client.Snapshot[Budgets].Items.GetValueOrDefault(key) is not PodDisruptionBudget now)
                throw new StatusException(ApiErrors.NotFound(new GroupVersionResource("policy", "v1", "poddisruptionbudgets"), key.Name));
            var spent = Spent(now, pod);
            if (!isDryRun) await client.Send(id => new Update(id, Budgets, spent, WriteScope.Status, request.FieldManager, request.Cause), request.Line);
        });
    }

    private PodDisruptionBudget Spent(PodDisruptionBudget budget, Pod pod)
    {
        var status = budget.Status;
        if ((status.ObservedGeneration ?? 0) < (budget.Metadata.Generation ?? 0)) throw new StatusException(NotNow(budget));
        if (status.DisruptionsAllowed < 0) throw Forbidden(budget, "pdb disruptions allowed is negative");
        if (status.DisruptedPods.Count > MaxDisruptedPods) throw Forbidden(budget, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        if (status.DisruptionsAllowed is not > 0)
        {
            throw new StatusException(Refusal(0,
                $"The disruption budget {budget.Metadata.Name} needs {status.DesiredHealthy ?? 0} healthy pods and has {status.CurrentHealthy ?? 0} currently"));
        }

        var now = client.Now;
        status = status with { DisruptionsAllowed = status.DisruptionsAllowed - 1, DisruptedPods = status.DisruptedPods.With(pod.Metadata.Name!, now) };
        return budget with { Status = status.DisruptionsAllowed == 0 ? DisruptionConditions.Fitting(status, now) : status };
    }

    /// <summary>Deletes the pod, and says first why in its status.</summary>
    private async Task Delete(ApiRequest request, Pod pod, DeleteOptions options)
    {
        if (!options.DryRun.Contains("All"))
        {
            var isFixed = options.Preconditions?.ResourceVersion is not null;
            await Retry(!isFixed, async () =>
            {
                var latest = isFixed ? pod with { Metadata = pod.Metadata with { ResourceVersion = options.Preconditions!.ResourceVersion } } : (Pod)read.Find(request.Path);
                var marked = latest with { Status = DisruptionTarget.Evicted(latest.Status, client.Now) };
                var reply = (Written)await client.Send(id => new Update(id, "pods", marked, WriteScope.Status, request.FieldManager, request.Cause), request.Line);
                if (isFixed) options = options with { Preconditions = options.Preconditions! with { ResourceVersion = reply.Object.Metadata.ResourceVersion } };
            });
        }

        await write.Delete(request, request.Path.Namespace, request.Path.Name!, options);
    }

    private static async Task Retry(bool mayRetry, Func<Task> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work();
                return;
            }
            catch (StatusException e) when (mayRetry && attempt < Attempts && e.Status.Reason == StatusReason.Conflict)
            {
                // Somebody else wrote it in between: the snapshot shows it now.
            }
        }
    }

    private static StatusException Forbidden(PodDisruptionBudget budget, string why) => new(ApiErrors.Forbidden(BudgetResource, budget.Metadata.Name!, why));

    private static Status NotNow(PodDisruptionBudget budget) => Refusal(10, $"The disruption budget {budget.Metadata.Name} is still being processed by the server.");

    private static Status Refusal(int retryAfterSeconds, string why) => ApiErrors.TooManyRequests(
        "Cannot evict pod as it would violate the pod's disruption budget.", retryAfterSeconds, new StatusCause { Reason = "DisruptionBudget", Message = why });
}
