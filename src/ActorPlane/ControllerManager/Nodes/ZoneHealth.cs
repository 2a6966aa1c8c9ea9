namespace ActorPlane.ControllerManager.Nodes;

/// <summary>The ready and other nodes of a zone, and what follows for evictions there.</summary>
public readonly record struct ZoneHealth(int Ready, int NotReady)
{
    // Fewer failed nodes than this are never a disruption of the zone.
    private const int MinNotReady = 3;

    /// <summary>All nodes of the zone.</summary>
    public int Nodes => Ready + NotReady;

    /// <summary>The zones of the nodes, by name.</summary>
    public static SortedDictionary<string, ZoneHealth> Count(ReadOnlySpan<WatchedNode> nodes)
    {
        var zones = new SortedDictionary<string, ZoneHealth>(StringComparer.Ordinal);
        for (var i = 0; i < nodes.Length;)
        {
            // Neighbours are mostly of one zone.
            var zone = nodes[i].Zone;
            var (ready, first) = (0, i);
            for (; i < nodes.Length && nodes[i].Zone == zone; i++)
            {
                if (nodes[i].IsReady) ready++;
            }

            var known = zones.GetValueOrDefault(zone);
            zones[zone] = new ZoneHealth(known.Ready + ready, known.NotReady + i - first - ready);
        }

        return zones;
    }

    /// <summary>The state of the zone. (ComputeZoneState.)</summary>
    public ZoneState State(NodeLifecycleSettings settings)
    {
        if (Ready == 0 && NotReady > 0) return ZoneState.FullDisruption;
        return NotReady >= MinNotReady && (double)NotReady / Nodes >= settings.UnhealthyZoneShare ? ZoneState.PartialDisruption : ZoneState.Normal;
    }

    /// <summary>
    /// Nodes a second that may be tainted NoExecute in the zone. When all zones are disrupted in full it is 0: then the
    /// fault is more likely ours than theirs. (setLimiterInZone, handleDisruption.)
    /// </summary>
    public double EvictionRate(NodeLifecycleSettings settings, bool allZonesAreDisrupted) =>
        allZonesAreDisrupted ? 0 : State(settings) switch
        {
            ZoneState.PartialDisruption => Nodes > settings.LargeZoneNodes ? settings.SecondaryEvictionRate : 0,
            _ => settings.EvictionRate,
        };
}
