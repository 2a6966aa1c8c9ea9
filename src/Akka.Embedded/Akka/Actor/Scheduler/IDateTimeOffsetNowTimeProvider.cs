namespace Akka.Actor;

/// <summary>Tells the time of the machine's clock.</summary>
public interface IDateTimeOffsetNowTimeProvider : ITimeProvider
{
}
