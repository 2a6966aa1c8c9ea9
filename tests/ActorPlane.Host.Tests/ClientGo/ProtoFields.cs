namespace ActorPlane.Host.Tests.ClientGo;

/// <summary>Takes a protobuf message apart, by the wire format alone: whatever our own codec writes, this must understand it.</summary>
internal static class ProtoFields
{
    public static IReadOnlyList<(int Number, byte[] Bytes)> Of(byte[] message)
    {
        var fields = new List<(int, byte[])>();
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint();
            switch (tag & 7)
            {
                case 0:
                    fields.Add(((int)(tag >> 3), BitConverter.GetBytes(Varint())));
                    break;
                case 1:
                    fields.Add(((int)(tag >> 3), message[at..(at += 8)]));
                    break;
                case 2:
                    var length = (int)Varint();
                    fields.Add(((int)(tag >> 3), message[at..(at += length)]));
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7} at byte {at}");
            }
        }

        return fields;

        ulong Varint()
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var b = message[at++];
                value |= (ulong)(b & 0x7f) << shift;
                if (b < 0x80) return value;
            }
        }
    }
}
