using System.Text;

namespace ActorPlane.Simulation.Tests.Gossip;

/// <summary>A hash over everything that happened, in order: two runs with equal hashes were the same run.</summary>
public sealed class GossipLog
{
    private ulong _hash = 14695981039346656037UL;

    /// <summary>Messages handled.</summary>
    public long Messages { get; private set; }

    /// <summary>16 hexadecimal digits.</summary>
    public string Hash => _hash.ToString("x16");

    /// <summary>Adds a message: when, who, what.</summary>
    public void Add(long ticks, int actor, int kind, long value)
    {
        Messages++;
        Mix((ulong)ticks);
        Mix((ulong)actor << 8 | (uint)kind);
        Mix((ulong)value);
    }

    /// <summary>Adds what is told in words.</summary>
    public void Add(string text)
    {
        foreach (var b in Encoding.UTF8.GetBytes(text)) Mix(b);
    }

    private void Mix(ulong value) => _hash = (_hash ^ value) * 1099511628211UL ^ (_hash >> 29);
}
