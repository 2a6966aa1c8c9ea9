using System.Text;
using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.Http;

/// <summary>
/// The paths <c>/healthz</c>, <c>/livez</c> and <c>/readyz</c>, whole, with <c>?verbose</c> and <c>?exclude=NAME</c>, and check by
/// check (<c>apiserver/pkg/server/healthz/healthz.go</c>).
/// </summary>
internal sealed class HealthChecks(HttpGatewayClient client)
{
    private static readonly string[] Live = ["ping", "log", "etcd"];
    private static readonly string[] Ready = ["ping", "log", "etcd", "informer-sync", "shutdown"];

    /// <summary>The paths of all checks.</summary>
    public static IEnumerable<string> Paths =>
        from root in new[] { "healthz", "livez", "readyz" }
        from path in NamesOf(root).Select(name => $"/{root}/{name}").Prepend("/" + root)
        select path;

    /// <summary>Answers for a path such as <c>healthz</c> or <c>readyz/etcd</c>.</summary>
    public Task Answer(HttpContext http, string root, string? name)
    {
        var names = NamesOf(root);
        if (name is not null)
        {
            if (!names.Contains(name, StringComparer.Ordinal)) return Answers.PlainNotFound(http);
            return Passes(name) ? Answers.Text(http, "ok") : Answers.Text(http, $"internal server error: {name} failed: reason withheld\n", 500);
        }

        var text = new StringBuilder();
        var excluded = http.Request.Query["exclude"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var allPass = true;
        foreach (var check in names)
        {
            if (excluded.Remove(check)) text.Append("[+]").Append(check).Append(" excluded: ok\n");
            else if (Passes(check)) text.Append("[+]").Append(check).Append(" ok\n");
            else
            {
                allPass = false;
                text.Append("[-]").Append(check).Append(" failed: reason withheld\n");
            }
        }

        if (excluded.Count > 0)
            text.Append("warn: some health checks cannot be excluded: no matches for ").AppendJoin(", ", excluded.Order(StringComparer.Ordinal).Select(e => $"\"{e}\"")).Append('\n');
        if (!allPass) return Answers.Text(http, text.Append(root).Append(" check failed\n").ToString(), 500);
        return http.Request.Query.ContainsKey("verbose") ? Answers.Text(http, text.Append(root).Append(" check passed\n").ToString()) : Answers.Text(http, "ok");
    }

    private static string[] NamesOf(string root) => root == "readyz" ? Ready : Live;

    // Being asked shows that we answer and log; the rest is the state of the API server's actor.
    private bool Passes(string name) => name is not ("etcd" or "informer-sync") || client.Snapshot.Revision > 0;
}
