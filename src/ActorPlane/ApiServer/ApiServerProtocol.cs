using System.Collections.Immutable;
using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Tracing;

namespace ActorPlane.ApiServer;

/// <summary>
/// The conversation with kube-apiserver. A resource is named as kubectl names it: <c>pods</c>,
/// <c>deployments.apps</c> (<see cref="ResourceInfo.Name"/>). Every command gets exactly one reply, which repeats its
/// <c>RequestId</c>: the fact that it names, or <see cref="Refused"/>, or, when the server dies with the request in
/// hand, <see cref="ConnectionLost"/>: then the outcome is unknown, as with a real connection.
/// </summary>
public static class ApiServerProtocol
{
    /// <summary>A request to the API server.</summary>
    public interface ICommand : ITraced
    {
        /// <summary>Chosen by the client, unique among its requests in flight.</summary>
        long RequestId { get; }
    }

    /// <summary>An answer to one <see cref="ICommand"/>.</summary>
    public interface IReply : ITraced
    {
        /// <summary>The <see cref="ICommand.RequestId"/> that this answers.</summary>
        long RequestId { get; }
    }

    /// <summary>News for one watch of the receiver.</summary>
    public interface INotification : ITraced
    {
        /// <summary>The <see cref="Watch.WatchId"/> that it belongs to.</summary>
        long WatchId { get; }
    }

    /// <summary>What of an object a write may change.</summary>
    public enum WriteScope
    {
        /// <summary>Everything but the status.</summary>
        Spec,

        /// <summary>The status subresource: the status and nothing else.</summary>
        Status,

        /// <summary>The finalize subresource of a namespace: <c>spec.finalizers</c> and nothing else.</summary>
        Finalizers,

        /// <summary>The approval subresource of a certificate request: the conditions and nothing else.</summary>
        Approval,

        /// <summary>The ephemeralcontainers subresource of a pod: those and nothing else.</summary>
        EphemeralContainers,
    }

    /// <summary>Stores a new object. Replies: <see cref="Written"/> or <see cref="Refused"/> (AlreadyExists, Invalid, ...).</summary>
    /// <param name="FieldManager">Who owns the fields in managedFields, such as <c>kubelet</c>.</param>
    public sealed record Create(long RequestId, string Resource, IKubeObject Object, string FieldManager, Cause Cause) : ICommand
    {
        /// <summary>Decide and answer, but store nothing (<c>dryRun=All</c>).</summary>
        public bool IsDryRun { get; init; }

        /// <summary>The object carries its managed fields; else the server notes who writes.</summary>
        public bool HasManagedFields { get; init; }

        /// <inheritdoc />
        public string Describe() => $"create {Resource} {Named(Object)}";
    }

    /// <summary>
    /// Replaces an object, or its status. With a <c>metadata.resourceVersion</c> it is refused with Conflict when the
    /// stored object has another; without one it replaces whatever is there. A <c>metadata.uid</c> that differs from
    /// the stored one is a Conflict too. Replies: <see cref="Written"/> or <see cref="Refused"/>.
    /// </summary>
    public sealed record Update(long RequestId, string Resource, IKubeObject Object, WriteScope Scope, string FieldManager, Cause Cause) : ICommand
    {
        /// <summary>Decide and answer, but store nothing (<c>dryRun=All</c>).</summary>
        public bool IsDryRun { get; init; }

        /// <summary>
        /// The object carries its managed fields, and a write of its status means its metadata, too, as far as that is allowed;
        /// else the server notes who writes.
        /// </summary>
        public bool HasManagedFields { get; init; }

        /// <inheritdoc />
        public string Describe() => $"update {Resource}{Part(Scope)} {Named(Object)}";
    }

    /// <summary>What becomes of the objects that a deleted object owns. (<c>metav1.DeletionPropagation</c>.)</summary>
    public enum PropagationPolicy
    {
        /// <summary>The object goes at once; the garbage collector deletes its dependents afterwards.</summary>
        Background,

        /// <summary>The dependents that block it go first; the object stays until then.</summary>
        Foreground,

        /// <summary>The dependents stay and forget their owner.</summary>
        Orphan,
    }

    /// <summary>
    /// Assigns a pod to a node (<c>pods/binding</c>): sets <c>spec.nodeName</c> and the condition PodScheduled in one
    /// write. Refused with Conflict when the pod has a node already. Replies: <see cref="Written"/> or <see cref="Refused"/>.
    /// </summary>
    /// <param name="Uid">The pod's uid as the scheduler saw it; another uid is a Conflict.</param>
    public sealed record Bind(long RequestId, string Namespace, string Name, string Uid, string NodeName, Cause Cause) : ICommand
    {
        /// <inheritdoc />
        public string Describe() => $"bind pod {Namespace}/{Name} to {NodeName}";
    }

    /// <summary>
    /// Deletes an object. A pod on a node with a grace period is only marked (<c>deletionTimestamp</c>): its kubelet
    /// deletes it for good with <paramref name="GracePeriodSeconds"/> 0. An object with finalizers stays until they are gone.
    /// Replies: <see cref="Deleted"/> or <see cref="Refused"/> (NotFound, Conflict on a precondition).
    /// </summary>
    /// <param name="GracePeriodSeconds">Seconds; null means the object's own (pods: 30 by default).</param>
    /// <param name="Uid">Precondition, or null.</param>
    /// <param name="ResourceVersion">Precondition, or null.</param>
    public sealed record Delete(
        long RequestId, string Resource, string Namespace, string Name, long? GracePeriodSeconds, string? Uid, string? ResourceVersion, Cause Cause)
        : ICommand
    {
        /// <summary>Decide and answer, but store nothing (<c>dryRun=All</c>).</summary>
        public bool IsDryRun { get; init; }

        /// <summary>What becomes of its dependents; null for what the kind does by default.</summary>
        public PropagationPolicy? Propagation { get; init; }

        /// <inheritdoc />
        public string Describe() => $"delete {Resource} {Qualified(Namespace, Name)}{(Propagation is null or PropagationPolicy.Background ? "" : $" ({Propagation})")}";
    }

    /// <summary>Reads one object as last committed. Replies: <see cref="Found"/> or <see cref="Refused"/> (NotFound).</summary>
    public sealed record Get(long RequestId, string Resource, string Namespace, string Name, Cause Cause) : ICommand
    {
        /// <inheritdoc />
        public string Describe() => $"get {Resource} {Qualified(Namespace, Name)}";
    }

    /// <summary>Reads all objects that <paramref name="Selector"/> picks, at one revision. Reply: <see cref="Listed"/> or <see cref="Refused"/>.</summary>
    public sealed record List(long RequestId, string Resource, ObjectSelector Selector, Cause Cause) : ICommand
    {
        /// <inheritdoc />
        public string Describe() => $"list {Resource}{Selector}";
    }

    /// <summary>
    /// Sends the sender every later change of what <paramref name="Selector"/> picks, from just after
    /// <paramref name="FromRevision"/> on. Reply: <see cref="Watching"/>, or <see cref="Refused"/> with Expired (410)
    /// when that revision is no longer in the window: list again. Ends with <see cref="Unwatch"/>, with the death of
    /// the sender, with <see cref="WatchClosed"/>, or with <see cref="ConnectionLost"/>.
    /// </summary>
    /// <param name="WatchId">Chosen by the client, unique among its watches; never reused.</param>
    public sealed record Watch(long RequestId, long WatchId, string Resource, ObjectSelector Selector, long FromRevision, Cause Cause) : ICommand
    {
        /// <inheritdoc />
        public string Describe() => $"watch {Resource}{Selector} from revision {FromRevision}";
    }

    /// <summary>Ends a watch. Reply: <see cref="Unwatched"/>, also when there was none.</summary>
    public sealed record Unwatch(long RequestId, long WatchId, Cause Cause) : ICommand
    {
        /// <inheritdoc />
        public string Describe() => $"unwatch {WatchId}";
    }

    /// <summary>The object as it stands in the store now.</summary>
    public sealed record Written(long RequestId, IKubeObject Object, Cause Cause) : IReply
    {
        /// <inheritdoc />
        public string Describe() => $"written {Object.Kind} {Named(Object)} at revision {Object.Metadata.ResourceVersion}";
    }

    /// <summary>The delete was carried out.</summary>
    /// <param name="Object">The object as last stored; its <c>deletionTimestamp</c> is set when it is only marked.</param>
    /// <param name="Gone">True when it is no longer stored.</param>
    public sealed record Deleted(long RequestId, IKubeObject Object, bool Gone, Cause Cause) : IReply
    {
        /// <inheritdoc />
        public string Describe() => $"{(Gone ? "deleted" : "marked for deletion")} {Object.Kind} {Named(Object)}";
    }

    /// <summary>The object asked for.</summary>
    public sealed record Found(long RequestId, IKubeObject Object, Cause Cause) : IReply
    {
        /// <inheritdoc />
        public string Describe() => $"found {Object.Kind} {Named(Object)}";
    }

    /// <summary>The objects asked for, ordered by namespace and name.</summary>
    /// <param name="Revision">A <see cref="Watch"/> from here misses nothing and repeats nothing.</param>
    public sealed record Listed(long RequestId, string Resource, ImmutableArray<IKubeObject> Items, long Revision, Cause Cause) : IReply
    {
        /// <inheritdoc />
        public string Describe() => $"{Items.Length} {Resource} at revision {Revision}";
    }

    /// <summary>The watch is open.</summary>
    public sealed record Watching(long RequestId, long WatchId, Cause Cause) : IReply
    {
        /// <inheritdoc />
        public string Describe() => $"watching ({WatchId})";
    }

    /// <summary>The watch is closed.</summary>
    public sealed record Unwatched(long RequestId, long WatchId, Cause Cause) : IReply
    {
        /// <inheritdoc />
        public string Describe() => $"no longer watching ({WatchId})";
    }

    /// <summary>The command was not carried out, and nothing of it happened.</summary>
    public sealed record Refused(long RequestId, Status Status, Cause Cause) : IReply
    {
        /// <inheritdoc />
        public string Describe() => $"refused: {Status.Code} {Status.Reason} {Status.Message}";
    }

    /// <summary>What happened to an object from the view of one watch.</summary>
    public enum ChangeType
    {
        /// <summary>It came into view: created, or changed so that the selector picks it.</summary>
        Added,

        /// <summary>It changed and is still in view.</summary>
        Modified,

        /// <summary>It went out of view: deleted, or changed so that the selector no longer picks it.</summary>
        Deleted,
    }

    /// <summary>One change. A Deleted one carries the last state seen, with the revision of the deletion.</summary>
    public sealed record Changed(long WatchId, ChangeType Type, string Resource, IKubeObject Object, long Revision, Cause Cause) : INotification
    {
        /// <inheritdoc />
        public string Describe() => $"{Type.ToString().ToLowerInvariant()} {Resource} {Named(Object)}";
    }

    /// <summary>The server ended one watch, with Expired (410) when the watcher fell too far behind: list again.</summary>
    public sealed record WatchClosed(long WatchId, Status Status, Cause Cause) : INotification
    {
        /// <inheritdoc />
        public string Describe() => $"watch {WatchId} closed: {Status.Reason}";
    }

    /// <summary>
    /// The API server went down: all watches of the receiver have ended, and the outcome of each of its requests in
    /// flight is unknown. Sent once to each client that had either.
    /// </summary>
    public sealed record ConnectionLost(Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => "connection lost";
    }

    internal static string Named(IKubeObject item) => Qualified(item.Metadata.Namespace, item.Metadata.Name ?? item.Metadata.GenerateName + "?");

    private static string Part(WriteScope scope) => scope switch
    {
        WriteScope.Status => "/status",
        WriteScope.Finalizers => "/finalize",
        WriteScope.Approval => "/approval",
        WriteScope.EphemeralContainers => "/ephemeralcontainers",
        _ => "",
    };

    internal static string Qualified(string? @namespace, string name) => string.IsNullOrEmpty(@namespace) ? name : $"{@namespace}/{name}";
}
