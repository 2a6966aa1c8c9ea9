namespace ActorPlane.Etcd;

/// <summary>What a range is sorted by. The numbers are those of etcd's wire (<c>rpc.proto</c>, RangeRequest.SortTarget).</summary>
public enum EtcdSortTarget
{
    Key = 0,
    Version = 1,
    CreateRevision = 2,
    ModRevision = 3,
    Value = 4,
}

/// <summary>Whether and how a range is sorted. The numbers are those of etcd's wire (<c>rpc.proto</c>, RangeRequest.SortOrder).</summary>
public enum EtcdSortOrder
{
    None = 0,
    Ascending = 1,
    Descending = 2,
}
