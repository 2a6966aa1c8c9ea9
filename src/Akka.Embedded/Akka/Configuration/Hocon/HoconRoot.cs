namespace Akka.Configuration.Hocon;

/// <summary>What a HOCON text was read into.</summary>
public class HoconRoot
{
    /// <summary>For subclasses that have no text.</summary>
    protected HoconRoot()
    {
        Value = null!;
        Substitutions = [];
    }

    /// <summary>A root without substitutions.</summary>
    public HoconRoot(HoconValue value) : this(value, [])
    {
    }

    /// <summary>A root and the substitutions that were resolved in it.</summary>
    public HoconRoot(HoconValue value, IEnumerable<HoconSubstitution> substitutions)
    {
        Value = value;
        Substitutions = substitutions;
    }

    /// <summary>The outermost value, usually an object.</summary>
    public HoconValue Value { get; }

    /// <summary>The substitutions in the order in which the text gave them.</summary>
    public IEnumerable<HoconSubstitution> Substitutions { get; }
}
