namespace ActorPlane.Host.EtcdWire;

/// <summary>Ends a call with a gRPC status other than OK.</summary>
/// <param name="code">The status code (<c>google.golang.org/grpc/codes</c>).</param>
/// <param name="message">What the client shows.</param>
public sealed class GrpcStatusException(int code, string message) : Exception(message)
{
    public const int InvalidArgument = 3;
    public const int PermissionDenied = 7;
    public const int ResourceExhausted = 8;
    public const int Unimplemented = 12;
    public const int Internal = 13;
    public const int Unavailable = 14;

    public int Code { get; } = code;
}
