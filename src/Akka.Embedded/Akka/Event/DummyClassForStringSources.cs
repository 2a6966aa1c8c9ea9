namespace Akka.Event;

/// <summary>The log class of sources that are only a name.</summary>
public class DummyClassForStringSources
{
}
