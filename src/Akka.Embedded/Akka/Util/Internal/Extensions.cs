#nullable disable
namespace Akka.Util.Internal;

/// <summary>Small helpers.</summary>
public static class Extensions
{
    /// <summary>A cast.</summary>
    public static T AsInstanceOf<T>(this object self) => (T)self;
}
