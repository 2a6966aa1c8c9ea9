namespace ActorPlane.Api;

/// <summary>Times in protobuf: seconds since 1970 and nanoseconds.</summary>
internal static class ProtoTime
{
    public static void Write(ProtoWriter writer, int number, DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        var begin = writer.Open(number);
        writer.Varint(1, (ulong)seconds);
        writer.Varint(2, (ulong)(rest * TimeSpan.NanosecondsPerTick));
        writer.Close(begin);
    }

    public static DateTimeOffset Read(ReadOnlySpan<byte> data)
    {
        long seconds = 0, nanos = 0;
        var message = new ProtoReader(data);
        while (message.NextField(out var number, out var wire))
        {
            if (number == 1) seconds = (long)message.ReadVarint();
            else if (number == 2) nanos = (long)message.ReadVarint();
            else message.Skip(wire);
        }

        // The years 1 to 9999, as RFC 3339 can write them.
        if (seconds is < -62135596800 or > 253402300799 || nanos is < 0 or > 999_999_999) throw ProtoReader.Broken("a time is out of range");
        return DateTimeOffset.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + (nanos / TimeSpan.NanosecondsPerTick));
    }
}
