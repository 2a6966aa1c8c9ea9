namespace ActorPlane.Network;

/// <summary>How well a link carries messages.</summary>
/// <param name="IsCut">Nothing passes, in either direction.</param>
/// <param name="Latency">How long a message is under way, in one direction.</param>
/// <param name="Loss">The share of transmissions that are lost, 0 to 1.</param>
public readonly record struct LinkQuality(bool IsCut, TimeSpan Latency, double Loss)
{
    /// <summary>Messages pass at once and always.</summary>
    public bool IsPerfect => !IsCut && Latency == TimeSpan.Zero && Loss == 0;

    /// <summary>
    /// How long the next message is under way, or null when it is given up. What is on a connection is not lost
    /// silently: the sender repeats it, so that loss shows as delay and, at last, as a broken connection.
    /// </summary>
    public TimeSpan? Delay(Chance chance, RetransmissionSettings settings)
    {
        var total = Latency;
        if (Loss == 0) return total;
        var wait = settings.Initial;
        for (var repetition = 0; chance.NextDouble() < Loss; repetition++)
        {
            if (repetition == settings.Limit) return null;
            total += wait;
            wait = wait + wait < settings.Max ? wait + wait : settings.Max;
        }

        return total;
    }
}
