using ActorPlane.Api;

namespace ActorPlane.ApiServer;

/// <summary>What is peculiar to one resource in the life of its objects; <c>RESTCreateStrategy</c> and its kin in the real server.</summary>
public abstract class ResourceStrategy
{
    /// <summary>Whether the status is a subresource: then a plain update never touches it.</summary>
    public abstract bool HasStatus { get; }

    /// <summary>Whether <c>metadata.generation</c> counts changes of the spec.</summary>
    public abstract bool HasGeneration { get; }

    /// <summary><paramref name="item"/> with the status of <paramref name="from"/>.</summary>
    public abstract IKubeObject WithStatusOf(IKubeObject item, IKubeObject from);

    /// <summary>Whether everything that counts for the generation is equal.</summary>
    public abstract bool HasSameSpec(IKubeObject left, IKubeObject right);

    /// <summary>What the server itself sets in a new object, after its metadata and before defaulting.</summary>
    public abstract IKubeObject PrepareForCreate(IKubeObject item, WriteContext context);

    /// <summary>What of the old state stays whatever the update says, beyond metadata and status.</summary>
    public abstract IKubeObject PrepareForUpdate(IKubeObject item, IKubeObject before);

    /// <summary>What of the old status stays whatever the new one says. Given and returned is the whole object.</summary>
    public abstract IKubeObject PrepareForStatusUpdate(IKubeObject item, IKubeObject before);

    /// <summary>The object of a write, in the version that it names, as that version is defined now. Built-in ones do not change.</summary>
    public virtual IKubeObject AsWritten(IKubeObject item) => item;

    /// <summary>A stored object in the version of another one. Built-in objects come in the version that is stored.</summary>
    public virtual IKubeObject InFormOf(IKubeObject stored, IKubeObject item) => stored;

    /// <summary>An object in the version as which it is stored. Built-in objects come in that version.</summary>
    public virtual IKubeObject ToStorage(IKubeObject item) => item;

    /// <summary>What a deletion, when it is first asked for, changes in the object before its finalizers are looked at.</summary>
    public virtual IKubeObject PrepareForDelete(IKubeObject item, DateTimeOffset now) => item;

    /// <summary>What of the metadata a write of the status may not change.</summary>
    public virtual StatusKeeps StatusKeeps => StatusKeeps.Nothing;

    /// <summary>Whether a deletion that does not say what becomes of the dependents leaves them behind. (<c>DefaultGarbageCollectionPolicy</c>.)</summary>
    public virtual bool OrphansByDefault => false;

    /// <summary>
    /// Seconds that a deletion waits for someone else to finish it; null when the kind knows no grace. 0: it goes at once.
    /// </summary>
    public virtual long? GracePeriodSeconds(IKubeObject item, long? requested) => null;
}

/// <summary><see cref="ResourceStrategy"/> for objects of one type, put together from what is peculiar to it.</summary>
public class ResourceStrategy<T> : ResourceStrategy
    where T : class, IKubeObject
{
    /// <summary>The first with the second's status; null when there is no status subresource.</summary>
    public Func<T, T, T>? StatusOf { get; init; }

    /// <summary>Whether the specs are equal; null when there is no generation.</summary>
    public Func<T, T, bool>? SameSpec { get; init; }

    /// <summary><see cref="ResourceStrategy.StatusKeeps"/>.</summary>
    public StatusKeeps StatusWriteKeeps { get; init; }

    /// <inheritdoc />
    public override StatusKeeps StatusKeeps => StatusWriteKeeps;

    /// <summary><see cref="ResourceStrategy.OrphansByDefault"/>.</summary>
    public bool Orphans { get; init; }

    /// <inheritdoc />
    public override bool OrphansByDefault => Orphans;

    /// <summary><see cref="ResourceStrategy.PrepareForCreate"/>; null for nothing.</summary>
    public Func<T, WriteContext, T>? OnCreate { get; init; }

    /// <summary><see cref="ResourceStrategy.PrepareForUpdate"/>: the new object, the old one; null for nothing.</summary>
    public Func<T, T, T>? OnUpdate { get; init; }

    /// <summary><see cref="ResourceStrategy.PrepareForStatusUpdate"/>: the new object, the old one; null for nothing.</summary>
    public Func<T, T, T>? OnStatusUpdate { get; init; }

    /// <summary><see cref="ResourceStrategy.PrepareForDelete"/>; null for nothing.</summary>
    public Func<T, DateTimeOffset, T>? OnDelete { get; init; }

    /// <inheritdoc />
    public override IKubeObject PrepareForDelete(IKubeObject item, DateTimeOffset now) => OnDelete is null ? item : OnDelete((T)item, now);

    /// <inheritdoc />
    public override bool HasStatus => StatusOf is not null;

    /// <inheritdoc />
    public override bool HasGeneration => SameSpec is not null;

    /// <inheritdoc />
    public override IKubeObject WithStatusOf(IKubeObject item, IKubeObject from) => StatusOf is null ? item : StatusOf((T)item, (T)from);

    /// <inheritdoc />
    public override bool HasSameSpec(IKubeObject left, IKubeObject right) => SameSpec is null || SameSpec((T)left, (T)right);

    /// <inheritdoc />
    public override IKubeObject PrepareForCreate(IKubeObject item, WriteContext context) => OnCreate is null ? item : OnCreate((T)item, context);

    /// <inheritdoc />
    public override IKubeObject PrepareForUpdate(IKubeObject item, IKubeObject before) => OnUpdate is null ? item : OnUpdate((T)item, (T)before);

    /// <inheritdoc />
    public override IKubeObject PrepareForStatusUpdate(IKubeObject item, IKubeObject before) =>
        OnStatusUpdate is null ? item : OnStatusUpdate((T)item, (T)before);
}
