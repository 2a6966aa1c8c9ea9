using System.Diagnostics;

namespace ActorPlane.Host.Tests.EtcdWire;

/// <summary>A test that mounts a small file system, to fill it; where that is not allowed the test is skipped and says so.</summary>
internal sealed class TmpfsFactAttribute : FactAttribute
{
    private static readonly string? Obstacle = FindObstacle();

    public TmpfsFactAttribute() => Skip = Obstacle;

    /// <summary>Runs a program of the system; the result is null, or what it complains about.</summary>
    public static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program}: exit {process.ExitCode}: {error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{program}: {e.Message}";
        }
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux()) return "only on Linux is a tmpfs to be had";
        var directory = Directory.CreateTempSubdirectory("actorplane-mount-").FullName;
        try
        {
            if (Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory) is { } problem) return $"no tmpfs can be mounted ({problem})";
            return Run("umount", directory);
        }
        finally
        {
            Directory.Delete(directory);
        }
    }
}
