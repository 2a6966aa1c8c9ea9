using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit;

/// <summary>Makes filters of log events. Those of one factory that follow each other with <c>And</c> take what any of them takes.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    /// <param name="testkit">The test.</param>
    public EventFilterFactory(TestKitBase testkit) : this(testkit, null, [])
    {
    }

    /// <param name="testkit">The test.</param>
    /// <param name="system">The actor system whose log events are looked for.</param>
    public EventFilterFactory(TestKitBase testkit, ActorSystem system) : this(testkit, system, [])
    {
    }

    /// <param name="testkit">The test.</param>
    /// <param name="actorSystem">The actor system whose log events are looked for.</param>
    /// <param name="filters">The filters so far.</param>
    public EventFilterFactory(TestKitBase testkit, ActorSystem actorSystem, IReadOnlyList<EventFilterBase> filters)
    {
        _testkit = testkit;
        _system = actorSystem;
        _filters = filters;
    }

    /// <summary>Errors with an exception of the type, whose text is given as a whole, by its start, or by what it contains.</summary>
    public IEventFilterApplier Exception<TException>(string message = null, string start = null, string contains = null, string source = null)
        where TException : Exception =>
        Exception(typeof(TException), message, start, contains, source);

    /// <summary>Errors with an exception of the type, whose text is given as a whole, by its start, or by what it contains.</summary>
    public IEventFilterApplier Exception(Type exceptionType, string message = null, string start = null, string contains = null, string source = null,
        bool checkInnerExceptions = false) =>
        Exception(exceptionType, CreateMessageMatcher(message, start, contains), source, checkInnerExceptions);

    /// <summary>Errors with an exception of the type, whose text the pattern matches.</summary>
    public IEventFilterApplier Exception<TException>(Regex pattern, string source = null) where TException : Exception =>
        Exception(typeof(TException), pattern, source);

    /// <summary>Errors with an exception of the type, whose text the pattern matches.</summary>
    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string source = null, bool checkInnerExceptions = false) =>
        Exception(exceptionType, new RegexMatcher(pattern), source, checkInnerExceptions);

    /// <summary>Errors whose text is given as a whole, by its start, or by what it contains.</summary>
    public IEventFilterApplier Error(string message = null, string start = null, string contains = null, string source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, message, start, contains, source);

    /// <summary>Errors whose text the pattern matches.</summary>
    public IEventFilterApplier Error(Regex pattern, string source = null) => ForLogLevel(LogLevel.ErrorLevel, pattern, source);

    /// <summary>Warnings whose text is given as a whole, by its start, or by what it contains.</summary>
    public IEventFilterApplier Warning(string message = null, string start = null, string contains = null, string source = null) =>
        ForLogLevel(LogLevel.WarningLevel, message, start, contains, source);

    /// <summary>Warnings whose text the pattern matches.</summary>
    public IEventFilterApplier Warning(Regex pattern, string source = null) => ForLogLevel(LogLevel.WarningLevel, pattern, source);

    /// <summary>Info events whose text is given as a whole, by its start, or by what it contains.</summary>
    public IEventFilterApplier Info(string message = null, string start = null, string contains = null, string source = null) =>
        ForLogLevel(LogLevel.InfoLevel, message, start, contains, source);

    /// <summary>Info events whose text the pattern matches.</summary>
    public IEventFilterApplier Info(Regex pattern, string source = null) => ForLogLevel(LogLevel.InfoLevel, pattern, source);

    /// <summary>Debug events whose text is given as a whole, by its start, or by what it contains.</summary>
    public IEventFilterApplier Debug(string message = null, string start = null, string contains = null, string source = null) =>
        ForLogLevel(LogLevel.DebugLevel, message, start, contains, source);

    /// <summary>Debug events whose text the pattern matches.</summary>
    public IEventFilterApplier Debug(Regex pattern, string source = null) => ForLogLevel(LogLevel.DebugLevel, pattern, source);

    /// <summary>Events of a level whose text is given as a whole, by its start, or by what it contains.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, string message = null, string start = null, string contains = null, string source = null) =>
        ForLogLevel(logLevel, CreateMessageMatcher(message, start, contains), source);

    /// <summary>Events of a level whose text the pattern matches.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string source = null) => ForLogLevel(logLevel, new RegexMatcher(pattern), source);

    /// <summary>Events that a predicate takes.</summary>
    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => CreateApplier(new CustomEventFilter(predicate), _system);

    /// <summary>Events of a class that a predicate takes.</summary>
    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate) where TLogEvent : LogEvent =>
        Custom(logEvent => logEvent is TLogEvent typed && predicate(typed));

    public IEventFilterApplier DeadLetter() => CreateApplier(new DeadLettersFilter(null, null), _system);

    /// <summary>Dead letters whose message is of a type, to a recipient perhaps.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(string source = null) => DeadLetter(typeof(TMessage), source);

    /// <summary>Dead letters whose message is of a type and taken by a predicate, to a recipient perhaps.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string source = null) =>
        DeadLetter(typeof(TMessage), message => isMatch((TMessage)message), source);

    /// <summary>Dead letters whose message is of a type, to a recipient perhaps.</summary>
    public IEventFilterApplier DeadLetter(Type type, string source = null) => DeadLetter(type, _ => true, source);

    /// <summary>Dead letters whose message is of a type and taken by a predicate, to a recipient perhaps.</summary>
    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string source = null) =>
        CreateApplier(new DeadLettersFilter(null, SourceMatcher(source), letter => type.IsInstanceOfType(letter.Message) && isMatch(letter.Message)), _system);

    /// <summary>Adds a filter to those so far.</summary>
    protected IEventFilterApplier CreateApplier(EventFilterBase filter, ActorSystem system) =>
        new InternalEventFilterApplier(_testkit, system, [.. _filters, filter]);

    /// <summary>What looks for a text given as a whole, by its start, or by what it contains.</summary>
    protected static IStringMatcher CreateMessageMatcher(string message, string start, string contains) =>
        message != null ? new EqualsString(message)
        : start != null ? new StartsWithString(start)
        : contains != null ? new ContainsString(contains)
        : MatchesAll.Instance;

    private static EqualsStringAndPathMatcher SourceMatcher(string source) => source == null ? null : new EqualsStringAndPathMatcher(source);

    private IEventFilterApplier Exception(Type exceptionType, IStringMatcher messageMatcher, string source, bool checkInnerExceptions) =>
        CreateApplier(new ErrorFilter(exceptionType, messageMatcher, SourceMatcher(source), checkInnerExceptions), _system);

    private IEventFilterApplier ForLogLevel(LogLevel logLevel, IStringMatcher messageMatcher, string source) => CreateApplier(logLevel switch
    {
        LogLevel.DebugLevel => new DebugFilter(messageMatcher, SourceMatcher(source)),
        LogLevel.InfoLevel => new InfoFilter(messageMatcher, SourceMatcher(source)),
        LogLevel.WarningLevel => new WarningFilter(messageMatcher, SourceMatcher(source)),
        LogLevel.ErrorLevel => new ErrorFilter(messageMatcher, SourceMatcher(source)),
        _ => throw new ArgumentOutOfRangeException(nameof(logLevel), logLevel, "Unknown log level")
    }, _system);
}
