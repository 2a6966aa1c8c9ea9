using ActorPlane.Tracing;

namespace ActorPlane.Host.Trace;

/// <summary>The trace as JSON lines on standard output.</summary>
internal sealed class JsonLinesOutput : IAsyncDisposable, IDisposable
{
    private readonly BufferedStream _output = new(Console.OpenStandardOutput(), 1 << 16);

    /// <param name="filter">Which messages are written.</param>
    public JsonLinesOutput(TraceFilter filter) => Sink = new JsonLinesSink(_output, filter);

    /// <summary>Give it to the system's tracer.</summary>
    public JsonLinesSink Sink { get; }

    /// <inheritdoc />
    public void Dispose() => Sink.Dispose();

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
