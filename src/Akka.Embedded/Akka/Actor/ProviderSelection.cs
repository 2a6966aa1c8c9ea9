#nullable disable
namespace Akka.Actor;

/// <summary>Which provider makes the handles: here always the local one.</summary>
public abstract class ProviderSelection
{
    private ProviderSelection()
    {
    }

    public sealed class Local : ProviderSelection
    {
        public static readonly Local Instance = new();

        private Local()
        {
        }
    }
}
