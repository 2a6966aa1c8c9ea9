using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Stands for the message that there is not.</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    /// <summary>The only one.</summary>
    public static NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    /// <inheritdoc />
    /// <exception cref="IllegalActorStateException">Always: there is no message.</exception>
    public override object Message => throw new IllegalActorStateException("last receive did not dequeue a message");

    /// <inheritdoc />
    /// <exception cref="IllegalActorStateException">Always: there is no message.</exception>
    public override IActorRef Sender => throw new IllegalActorStateException("last receive did not dequeue a message");

    /// <inheritdoc />
    public override string ToString() => "<no message>";
}
