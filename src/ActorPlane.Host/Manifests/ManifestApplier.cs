using ActorPlane.Api;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Host.Manifests;

/// <summary>Applies a manifest's objects one after another: creates what is not there, and merges into what
/// is there what the manifest says, so that what others wrote stays.</summary>
internal sealed class ManifestApplier
{
    private const int MaxTries = 10;

    private readonly IReadOnlyList<ManifestObject> _objects;
    private readonly TaskCompletionSource<IReadOnlyList<string>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _results = [];
    private readonly ApiClient _client;
    private readonly Cause _cause;

    private ManifestApplier(IReadOnlyList<ManifestObject> objects, ApiClient client) =>
        (_objects, _client, _cause) = (objects, client, client.NewCause());

    /// <summary>The lines that kubectl would print, such as <c>deployment.apps/web created</c>. All messages share one cause: one apply is one trace.</summary>
    /// <exception cref="InputFileException">The API server refused an object; those before it are applied.</exception>
    public static Task<IReadOnlyList<string>> Apply(ControlPlane plane, IReadOnlyList<ManifestObject> objects)
    {
        var outcome = new TaskCompletionSource<IReadOnlyList<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        plane.Operator.Tell(new Operator.Act(client =>
        {
            var applier = new ManifestApplier(objects, client);
            applier._done.Task.ContinueWith(
                task => _ = task.IsFaulted ? outcome.TrySetException(task.Exception.InnerExceptions) : outcome.TrySetResult(task.Result),
                CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            applier.Next(0);
        }));
        return outcome.Task;
    }

    private void Next(int index)
    {
        if (index == _objects.Count) _done.TrySetResult(_results);
        else Create(index, 1);
    }

    private void Create(int index, int attempt)
    {
        var item = _objects[index];
        _client.Create(item.Resource, item.Object, _cause, outcome =>
        {
            if (outcome.IsDone) Finish(index, "created");
            else if (outcome.IsRefused("AlreadyExists")) Update(index, attempt);
            else RetryOrFail(outcome, item, attempt, () => Create(index, attempt + 1));
        });
    }

    private void Update(int index, int attempt)
    {
        var item = _objects[index];
        var metadata = item.Object.Metadata;
        _client.Get(item.Resource, metadata.Namespace ?? "", metadata.Name ?? "", _cause, found =>
        {
            if (found.Object is not { } stored)
            {
                RetryOrFail(found, item, attempt, () => Create(index, attempt + 1));
                return;
            }

            var wanted = Merge(stored, item.Tree);
            _client.Update(item.Resource, wanted, _cause, updated =>
            {
                if (updated.Object is { } now) Finish(index, now.Metadata.ResourceVersion == stored.Metadata.ResourceVersion ? "unchanged" : "configured");
                else RetryOrFail(updated, item, attempt, () => Update(index, attempt + 1));
            });
        });
    }

    private static IKubeObject Merge(IKubeObject stored, JsonValue tree)
    {
        var merged = StrategicMergePatch.Apply(JsonCodec.ToTree(stored), tree, stored.Schema);
        return (IKubeObject)JsonCodec.Decode(stored.Schema, merged, strict: false, out _);
    }

    private void Finish(int index, string what)
    {
        _results.Add($"{_objects[index]} {what}");
        Next(index + 1);
    }

    private void RetryOrFail(ApiOutcome outcome, ManifestObject item, int attempt, Action retry)
    {
        if (attempt < MaxTries && (outcome.IsUnknown || outcome.IsRefused("Conflict") || outcome.IsRefused("NotFound") && IsThere(outcome.Refusal!, item)))
        {
            retry();
            return;
        }

        var why = outcome.IsUnknown ? $"the API server did not answer {MaxTries} times" : $"Error from server ({outcome.Refusal!.Reason}): {outcome.Refusal.Message}";
        _done.TrySetException(new InputFileException(item.Place, null, item.ToString(), why));
    }

    // Deleted between the look and the update: then it is created after all. Another thing that is missing, such as its namespace, stays missing.
    private static bool IsThere(Api.Meta.V1.Status refusal, ManifestObject item) => refusal.Details?.Name == item.Object.Metadata.Name;
}
