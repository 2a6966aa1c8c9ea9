using System.Buffers.Binary;
using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;
using Akka.Serialization;

namespace ActorPlane.Benchmarks.Persistence;

/// <summary>Persist so many events, each after the one before it is durable. Reply: <see cref="Done"/>.</summary>
public sealed record WriteOneByOne(int Events);

/// <summary>Persist so many events, in batches of so many. Reply: <see cref="Done"/>.</summary>
public sealed record WriteBatches(int Events, int BatchSize);

/// <summary>So many events are durable, after so long.</summary>
public sealed record Done(int Events, TimeSpan Took);

/// <summary>An event.</summary>
public sealed record Happened(long Number);

/// <summary>Writes the events: each is a command of its own, sent ahead, as in a mailbox under load.</summary>
public sealed class Writer(string id) : UntypedPersistentActor
{
    private static readonly object Next = new();

    private int _recovered;
    private int _left;
    private int _batchSize;
    private int _events;
    private long _start;
    private IActorRef? _asker;

    public override string PersistenceId => id;

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case WriteOneByOne write:
                Begin(write.Events, 1);
                break;
            case WriteBatches write:
                Begin(write.Events, write.BatchSize);
                break;
            case "recovered?":
                Sender.Tell(_recovered, Self);
                break;
            default:
                Write();
                break;
        }
    }

    protected override void OnRecover(object message)
    {
        if (message is Happened)
        {
            _recovered++;
        }
    }

    private void Begin(int events, int batchSize)
    {
        (_events, _left, _batchSize, _asker, _start) = (events, events, batchSize, Sender, Stopwatch.GetTimestamp());
        for (var i = 0; i < events; i += batchSize)
        {
            Self.Tell(Next, Self);
        }
    }

    private void Write()
    {
        if (_batchSize == 1)
        {
            Persist(new Happened(_left), Written);
        }
        else
        {
            var batch = new Happened[_batchSize];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = new Happened(i);
            }

            PersistAll(batch, Written);
        }
    }

    private void Written(Happened @event)
    {
        if (--_left == 0)
        {
            _asker!.Tell(new Done(_events, Stopwatch.GetElapsedTime(_start)), Self);
        }
    }
}

/// <summary>Eight bytes an event: the benchmark measures the journal, not a serializer.</summary>
public sealed class HappenedSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 1001;

    public override string Manifest(object o) => "h";

    public override byte[] ToBinary(object obj)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, ((Happened)obj).Number);
        return bytes;
    }

    public override object FromBinary(byte[] bytes, string manifest) => new Happened(BinaryPrimitives.ReadInt64LittleEndian(bytes));
}
