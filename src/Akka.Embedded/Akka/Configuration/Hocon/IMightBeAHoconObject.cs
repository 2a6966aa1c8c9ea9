namespace Akka.Configuration.Hocon;

/// <summary>Something that may turn out to be an object: a value, or a substitution that points at one.</summary>
public interface IMightBeAHoconObject
{
    /// <summary>Whether it is an object.</summary>
    bool IsObject();

    /// <summary>The object, or <c>null</c> if it is none.</summary>
    HoconObject GetObject();
}
