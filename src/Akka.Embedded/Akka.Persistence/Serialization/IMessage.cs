namespace Akka.Persistence.Serialization;

/// <summary>Marks what Akka.Persistence itself puts into a journal.</summary>
public interface IMessage;
