using System.Buffers.Binary;
using System.Numerics;

namespace ActorPlane.Etcd;

/// <summary>CRC-32C of a sequence of keys with all that belongs to them.</summary>
internal struct KeySpaceHasher
{
    private uint _crc;

    public readonly uint Value => _crc;

    public void Add(EtcdKeyValue keyValue)
    {
        Add(keyValue.Key.Span);
        Add(keyValue.Value.ToBytes().Span);
        _crc = BitOperations.Crc32C(_crc, (ulong)keyValue.CreateRevision);
        _crc = BitOperations.Crc32C(_crc, (ulong)keyValue.ModRevision);
        _crc = BitOperations.Crc32C(_crc, (ulong)keyValue.Version);
        _crc = BitOperations.Crc32C(_crc, (ulong)keyValue.LeaseId);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        // The length first, so that no two different sequences read alike.
        _crc = BitOperations.Crc32C(_crc, (ulong)bytes.Length);
        for (; bytes.Length >= 8; bytes = bytes[8..])
            _crc = BitOperations.Crc32C(_crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes) _crc = BitOperations.Crc32C(_crc, b);
    }
}
