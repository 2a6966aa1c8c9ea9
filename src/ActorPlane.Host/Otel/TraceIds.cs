using System.Buffers.Binary;
using System.Diagnostics;
using ActorPlane.Tracing;

namespace ActorPlane.Host.Otel;

/// <summary>Trace ids that follow from causes: the lower half of a trace's id is the cause that the other traces print.</summary>
internal static class TraceIds
{
    [ThreadStatic]
    private static ActivityTraceId? t_next;

    static TraceIds() => Activity.TraceIdGenerator = static () => t_next ?? ActivityTraceId.CreateRandom();

    /// <summary>The id of a cause's trace.</summary>
    public static ActivityTraceId Of(Cause cause)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Mixed(cause.Id));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], cause.Id);
        return ActivityTraceId.CreateFromBytes(bytes);
    }

    /// <summary>Starts a span that begins a trace; null when it is not sampled.</summary>
    public static Activity? StartRoot(string name, ActivityKind kind, Cause cause, DateTimeOffset start)
    {
        var before = Activity.Current;
        Activity.Current = null;
        t_next = cause.IsKnown ? Of(cause) : null;
        try
        {
            return OtlpExport.Source.StartActivity(name, kind, parentContext: default, startTime: start);
        }
        finally
        {
            t_next = null;
            Activity.Current = before;
        }
    }

    // SplitMix64: samplers look at the upper half, which must not depend on how causes are drawn.
    private static ulong Mixed(ulong x)
    {
        x += 0x9e3779b97f4a7c15;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }
}
