namespace ActorPlane.Etcd;

/// <summary>The gRPC status codes that etcd answers with (<c>google.golang.org/grpc/codes</c>).</summary>
public enum EtcdErrorCode
{
    InvalidArgument = 3,
    NotFound = 5,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    FailedPrecondition = 9,
    OutOfRange = 11,
    Unavailable = 14,
}
