#nullable disable
namespace Akka.Actor;

/// <summary>The key of <see cref="CoordinatedShutdown"/>.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public CoordinatedShutdownExtension()
    {
    }

    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown");
        var shutdown = new CoordinatedShutdown(system, ShutdownPhase.Read(config));
        var exitProcess = config.GetBoolean("exit-clr");
        if (config.GetBoolean("terminate-actor-system") || exitProcess)
        {
            shutdown.AddTask(CoordinatedShutdown.PhaseActorSystemTerminate, "terminate-system", async () =>
            {
                if (config.GetBoolean("terminate-actor-system"))
                    await ((Internal.ActorSystemImpl)system).FinalTerminate().ConfigureAwait(false);
                if (exitProcess && !shutdown.ProcessIsExiting)
                    Environment.Exit(0);
                return Done.Instance;
            });
        }

        if (config.GetBoolean("run-by-clr-shutdown-hook"))
            shutdown.RunWhenProcessExits();
        return shutdown;
    }
}
