using System.Runtime.Serialization;

namespace Akka.Persistence.Snapshot;

/// <summary>For actors without snapshots: a load finds nothing, everything else fails.</summary>
public sealed class NoSnapshotStore : SnapshotStore
{
    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Task.FromResult<SelectedSnapshot>(null!);

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => Failed();

    protected override Task DeleteAsync(SnapshotMetadata metadata) => Failed();

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Failed();

    private static Task Failed() => Task.FromException(new NoSnapshotStoreException("No snapshot store configured."));

    /// <summary>Why the request failed: there is no store.</summary>
    public class NoSnapshotStoreException : Exception
    {
        public NoSnapshotStoreException()
        {
        }

        public NoSnapshotStoreException(string message)
            : base(message)
        {
        }

        public NoSnapshotStoreException(string message, Exception innerException)
            : base(message, innerException)
        {
        }

#pragma warning disable SYSLIB0051 // Akka.NET's exceptions keep the constructor of binary serialization.
        protected NoSnapshotStoreException(SerializationInfo info, StreamingContext context)
            : base(info, context)
        {
        }
#pragma warning restore SYSLIB0051
    }
}
