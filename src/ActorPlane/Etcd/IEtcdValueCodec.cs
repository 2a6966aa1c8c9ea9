namespace ActorPlane.Etcd;

/// <summary>
/// Turns an object that is stored by reference into the bytes that stand for it on disk and on the wire. It is called
/// only when someone needs bytes, on whatever thread that is, so it must be pure.
/// </summary>
public interface IEtcdValueCodec
{
    /// <summary>The bytes of this object; the same object always gives the same bytes.</summary>
    byte[] Encode(object value);
}
