#nullable disable
namespace Akka.Actor.Internal;

/// <summary>Why a parent waits for its children to stop.</summary>
public abstract class SuspendReason
{
    protected SuspendReason()
    {
    }

    public interface IWaitingForChildren
    {
    }

    public class Creation : SuspendReason, IWaitingForChildren
    {
        public Creation()
        {
        }
    }

    public class Recreation : SuspendReason, IWaitingForChildren
    {
        public Recreation(Exception cause) => Cause = cause;

        public Exception Cause { get; }
    }

    public class Termination : SuspendReason
    {
        private Termination()
        {
        }

        public static Termination Instance { get; } = new();
    }

    public class UserRequest : SuspendReason
    {
        private UserRequest()
        {
        }

        public static UserRequest Instance { get; } = new();
    }
}
