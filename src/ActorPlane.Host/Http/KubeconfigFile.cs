namespace ActorPlane.Host.Http;

/// <summary>A kubeconfig with one cluster, one user and one context, all named <c>actorplane</c>.</summary>
internal static class KubeconfigFile
{
    /// <summary>Writes it, over what was there.</summary>
    /// <param name="url">The server's, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string file, string url)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } directory) Directory.CreateDirectory(directory);
        File.WriteAllText(file, $$"""
            apiVersion: v1
            kind: Config
            clusters:
              - name: actorplane
                cluster:
                  server: {{url}}
                  # There is no TLS: some clients (@kubernetes/client-node) take a plain http address only with this.
                  insecure-skip-tls-verify: true
            contexts:
              - name: actorplane
                context:
                  cluster: actorplane
                  user: actorplane
            current-context: actorplane
            users:
              - name: actorplane
                user: {}

            """);
    }
}
