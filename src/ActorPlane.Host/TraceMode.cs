namespace ActorPlane.Host;

/// <summary>How the message trace is shown.</summary>
public enum TraceMode
{
    /// <summary>For a person: aligned, coloured, indented by cause.</summary>
    Console,

    /// <summary>For a person who wants to see every message: answers, watches, heartbeats and network hops too.</summary>
    Full,

    /// <summary>One JSON object a line on standard output; everything else goes to standard error.</summary>
    JsonLines,

    /// <summary>Not at all, and at no cost.</summary>
    Off,
}
