using System.Diagnostics;
using ActorPlane.Tracing;
using ActorPlane.Settings;
using Akka.Configuration;
using Microsoft.Extensions.Logging;
using TraceFilter = ActorPlane.Tracing.TraceFilter;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ActorPlane.Host.Otel;

/// <summary>
/// Sends spans to an OpenTelemetry collector over OTLP. The endpoint is that of <c>--otlp</c>, else of
/// <c>actorplane.tracing.otlp-endpoint</c>, else of the environment (<c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>,
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>); all other <c>OTEL_*</c> variables mean what the specification says.
/// </summary>
internal sealed class OtlpExport : IAsyncDisposable
{
    /// <summary>All our spans come from here.</summary>
    public static readonly ActivitySource Source = new("ActorPlane");

    private const int GrpcPort = 4317;
    private static readonly string[] Variables = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    /// <summary>What is left at the end is sent within this time, or lost.</summary>
    private const int FlushMilliseconds = 3000;

    private readonly TracerProvider _provider;

    /// <summary>Starts to send.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="filter">Which messages get a span.</param>
    /// <param name="logging">Where it is said what was left out.</param>
    public OtlpExport(Uri endpoint, TraceFilter filter, ILoggerFactory logging)
    {
        _provider = Start(endpoint);
        Sink = new OpenTelemetrySink(filter, logging.CreateLogger("ActorPlane.Host.Otel"));
    }

    /// <summary>Makes the spans.</summary>
    public OpenTelemetrySink Sink { get; }

    /// <summary>The endpoint, or null when spans are not wanted.</summary>
    /// <exception cref="SettingsException">It is no URL.</exception>
    public static Uri? EndpointOf(RunOptions options, Config config)
    {
        var (text, name) = options.Otlp is { } given ? (given, "--otlp") : (SettingsReader.For(config, "actorplane.tracing").Text("otlp-endpoint"), "actorplane.tracing.otlp-endpoint");
        foreach (var variable in Variables)
        {
            if (text.Length == 0) (text, name) = (Environment.GetEnvironmentVariable(variable) ?? "", variable);
        }

        if (text.Length == 0 || Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED") == "true") return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw new SettingsException(name, $"must be a URL such as http://127.0.0.1:4318, not \"{text}\"");
    }

    /// <summary>Sends what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await Sink.DisposeAsync();
        _provider.Shutdown(FlushMilliseconds);
        _provider.Dispose();
    }

    private static TracerProvider Start(Uri endpoint)
    {
        var protocol = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL");
        var isGrpc = protocol is null ? endpoint.Port == GrpcPort : protocol == "grpc";

        // A signal's own endpoint is used as it is, a general one is a base: as the specification has it for the variables.
        if (!isGrpc && endpoint.AbsolutePath == "/") endpoint = new Uri(endpoint, "v1/traces");
        return Sdk.CreateTracerProviderBuilder()
            .AddSource(Source.Name)
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("actorplane", autoGenerateServiceInstanceId: false).AddTelemetrySdk().AddEnvironmentVariableDetector())
            .AddOtlpExporter(otlp =>
            {
                otlp.Endpoint = endpoint;
                otlp.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;

                // The usual queue of 2,048 spans is soon full when thousands of pods start, and a tree with holes is no tree.
                if (Environment.GetEnvironmentVariable("OTEL_BSP_MAX_QUEUE_SIZE") is null) otlp.BatchExportProcessorOptions.MaxQueueSize = OpenTelemetrySink.MaxQueued;
                if (Environment.GetEnvironmentVariable("OTEL_BSP_SCHEDULE_DELAY") is null) otlp.BatchExportProcessorOptions.ScheduledDelayMilliseconds = 1000;
            })
            .Build();
    }
}
