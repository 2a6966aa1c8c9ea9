namespace ActorPlane.Host.Http;

/// <summary>Leaves Ctrl-C and SIGTERM to the command line, which ends the whole process and not the web server alone.</summary>
internal sealed class NoHostLifetime : IHostLifetime
{
    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
