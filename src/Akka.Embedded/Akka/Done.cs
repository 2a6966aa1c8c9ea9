#nullable disable
namespace Akka;

/// <summary>The value of a task that only says that something is finished.</summary>
public sealed class Done
{
    /// <summary>The only instance.</summary>
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
