using System.Runtime.CompilerServices;
using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>
/// The newest events of watches as bytes, so that a change is encoded once however many watch it: whoever comes first
/// encodes, and those who tell the same at the same time find it here. Holds a fixed number of events: each goes when
/// another takes its place. Safe from any thread; two threads that come at once may both encode.
/// </summary>
internal sealed class SharedEvents
{
    /// <summary>Larger events are not kept.</summary>
    private const int MostBytes = 32 * 1024;

    private readonly Entry?[] _places = new Entry?[512];

    /// <summary>An event's bytes.</summary>
    /// <param name="item">The object, as the API server told it: the same instance to all watches.</param>
    /// <param name="form">All else that the bytes depend on.</param>
    public byte[] Of<TState>(IKubeObject item, EventForm form, TState state, Func<TState, byte[]> encode)
    {
        ref var place = ref _places[(RuntimeHelpers.GetHashCode(item) ^ form.GetHashCode()) & (_places.Length - 1)];
        if (Volatile.Read(ref place) is { } known && ReferenceEquals(known.Item, item) && known.Form == form) return known.Bytes;
        var bytes = encode(state);
        if (bytes.Length <= MostBytes) Volatile.Write(ref place, new Entry(item, form, bytes));
        return bytes;
    }

    private sealed record Entry(IKubeObject Item, EventForm Form, byte[] Bytes);
}
