namespace Akka.Configuration.Hocon;

/// <summary>One piece of a HOCON value: a literal, an array, an object or a substitution.</summary>
public interface IHoconElement
{
    /// <summary>Whether this piece is text.</summary>
    bool IsString();

    /// <summary>The text of this piece.</summary>
    string GetString();

    /// <summary>Whether this piece is an array.</summary>
    bool IsArray();

    /// <summary>The elements of this piece.</summary>
    IList<HoconValue> GetArray();
}
