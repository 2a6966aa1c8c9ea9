namespace ActorPlane.Api.Tables;

/// <summary>How objects of a kind are shown as rows of a Table: what <c>kubectl get</c> prints. Source: pkg/printers/internalversion/printers.go.</summary>
public abstract class TableSchema
{
    private protected TableSchema(string[] columns)
        : this([.. columns.Select(TableColumn.Parse)])
    {
    }

    private protected TableSchema(IReadOnlyList<TableColumn> columns) => Columns = columns;

    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The cells of an object's row, one for each column.</summary>
    /// <param name="item">An object of the kind.</param>
    /// <param name="now">The cluster's time, for ages.</param>
    public abstract IReadOnlyList<JsonValue> Cells(IKubeObject item, DateTimeOffset now);

    /// <summary>What a row says of its object beside the cells: that a pod has ended. Null for nothing.</summary>
    public virtual JsonValue? Conditions(IKubeObject item) => null;
}

/// <summary>The Table of one kind.</summary>
internal sealed class TableSchema<T>(string[] columns, Func<T, DateTimeOffset, JsonValue[]> cells, Func<T, JsonValue?>? conditions = null) : TableSchema(columns)
    where T : class, IKubeObject
{
    public override IReadOnlyList<JsonValue> Cells(IKubeObject item, DateTimeOffset now) => cells((T)item, now);

    public override JsonValue? Conditions(IKubeObject item) => conditions?.Invoke((T)item);
}
