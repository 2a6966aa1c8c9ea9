using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ActorPlane.Host.Http;

/// <summary>
/// What the server counts, as Prometheus reads it at <c>/metrics</c>: requests by what they were for, stored objects, and the
/// process (<c>apiserver/pkg/endpoints/metrics/metrics.go</c>).
/// </summary>
internal sealed class RequestMetrics(HttpGatewayClient client)
{
    private readonly ConcurrentDictionary<RequestLabels, long> _requests = new();
    private long _inFlight;

    /// <summary>Counts a request that begins.</summary>
    public void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>Counts a request that has ended.</summary>
    public void End(ApiPath? path, string verb, int code)
    {
        Interlocked.Decrement(ref _inFlight);
        if (path is null) return;
        var scope = path.Name is not null ? "resource" : path.Namespace.Length > 0 ? "namespace" : "cluster";
        _requests.AddOrUpdate(new RequestLabels(verb, path.Info.Gvk.Group, path.Info.Gvk.Version, path.Info.Plural, path.Subresource ?? "", scope, code), 1, static (_, count) => count + 1);
    }

    /// <summary>All of it as text.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        Header(text, "apiserver_request_total", "Counter of apiserver requests broken out for each verb, group, version, resource, scope and HTTP response code.", "counter");
        foreach (var (labels, count) in _requests.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal)) Line(text, "apiserver_request_total", labels.ToString(), count);
        Header(text, "apiserver_current_inflight_requests", "Number of requests that are being served, watches included.", "gauge");
        Line(text, "apiserver_current_inflight_requests", "", Interlocked.Read(ref _inFlight));
        Header(text, "apiserver_storage_objects", "Number of stored objects by resource.", "gauge");
        foreach (var (resource, stored) in client.Snapshot.Resources) Line(text, "apiserver_storage_objects", $"resource=\"{resource}\"", stored.Items.Count);
        Header(text, "apiserver_storage_revision", "The newest resource version.", "gauge");
        Line(text, "apiserver_storage_revision", "", client.Snapshot.Revision);
        Header(text, "kubernetes_build_info", "The version of Kubernetes whose API is served.", "gauge");
        Line(text, "kubernetes_build_info", $"git_version=\"{ServerVersion.Document["gitVersion"]!.AsString}\"", 1);
        using var process = Process.GetCurrentProcess();
        Header(text, "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", "counter");
        Line(text, "process_cpu_seconds_total", "", process.TotalProcessorTime.TotalSeconds);
        Header(text, "process_resident_memory_bytes", "Resident memory size in bytes.", "gauge");
        Line(text, "process_resident_memory_bytes", "", process.WorkingSet64);
        Header(text, "process_start_time_seconds", "Start time of the process since unix epoch in seconds.", "gauge");
        Line(text, "process_start_time_seconds", "", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        return text.ToString();
    }

    private static void Header(StringBuilder text, string name, string help, string type) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private readonly record struct RequestLabels(string Verb, string Group, string Version, string Resource, string Subresource, string Scope, int Code)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"code=\"{Code}\",component=\"apiserver\",group=\"{Group}\",resource=\"{Resource}\",scope=\"{Scope}\",subresource=\"{Subresource}\",verb=\"{Verb.ToUpperInvariant()}\",version=\"{Version}\"");
    }
}
