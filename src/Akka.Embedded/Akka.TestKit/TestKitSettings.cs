using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>The settings below <c>akka.test</c>.</summary>
public class TestKitSettings : IExtension
{
    /// <param name="config">The settings of the actor system.</param>
    /// <exception cref="ConfigurationException">There are none, or a factor that is not positive.</exception>
    public TestKitSettings(Config config)
    {
        if (config.IsNullOrEmpty())
            throw ConfigurationException.NullOrEmptyConfig<TestKitSettings>();
        DefaultTimeout = config.GetTimeSpan("akka.test.default-timeout", allowInfinite: false);
        SingleExpectDefault = config.GetTimeSpan("akka.test.single-expect-default", allowInfinite: false);
        TestEventFilterLeeway = config.GetTimeSpan("akka.test.filter-leeway", allowInfinite: false);
        TestTimeFactor = config.GetDouble("akka.test.timefactor");
        if (TestTimeFactor <= 0)
            throw new ConfigurationException(@"Expected a positive value for ""akka.test.timefactor"" but found " + TestTimeFactor);
    }

    /// <summary>How long latches and barriers wait.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>How long a test waits for a message.</summary>
    public TimeSpan SingleExpectDefault { get; }

    /// <summary>How long an event filter waits for log events.</summary>
    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>By what times are multiplied on a slow machine.</summary>
    public double TestTimeFactor { get; }
}
