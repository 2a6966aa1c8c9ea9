namespace ActorPlane.Nodes;

/// <summary>
/// Hands out the addresses of one IPv4 range, each to one holder at a time, going round as the host-local CNI plug-in
/// does: an address that was given back is not the next one to be given out. The first and the last address of the range
/// and the one after the first (the gateway) are never given out.
/// </summary>
public sealed class AddressPool
{
    private const int Reserved = 2;
    private readonly uint _base;
    private readonly ulong[] _taken;
    private int _last = Reserved - 1;

    /// <param name="range">The range; at most 16 bits wide.</param>
    public AddressPool(Cidr range)
    {
        _base = range.Address;
        Size = (1 << (32 - range.PrefixLength)) - Reserved - 1;
        _taken = new ulong[(Size + Reserved + 1 + 63) / 64];
    }

    /// <summary>How many addresses there are to give out.</summary>
    public int Size { get; }

    /// <summary>The next free address; false when all are taken.</summary>
    public bool TryTake(out uint address)
    {
        for (var step = 0; step < Size; step++)
        {
            _last = _last + 1 < Size + Reserved ? _last + 1 : Reserved;
            var bit = 1UL << (_last % 64);
            if ((_taken[_last / 64] & bit) != 0) continue;
            _taken[_last / 64] |= bit;
            address = _base + (uint)_last;
            return true;
        }

        address = 0;
        return false;
    }

    /// <summary>Gives an address back. One that was not taken stays free.</summary>
    public void Release(uint address)
    {
        var index = (int)(address - _base);
        if (index >= Reserved && index < Size + Reserved) _taken[index / 64] &= ~(1UL << (index % 64));
    }
}
