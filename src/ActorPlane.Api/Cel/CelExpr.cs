namespace ActorPlane.Api.Cel;

/// <summary>
/// A node of the abstract syntax. Macros are expanded: what is left are these few forms. Immutable; compared by reference.
/// Source: cel-go/common/ast/expr.go.
/// </summary>
internal abstract class CelExpr(int position)
{
    /// <summary>Where errors about it point: the index of a UTF-16 unit of the source.</summary>
    public int Position { get; } = position;

    /// <summary>How deep the tree below nests.</summary>
    public int Depth { get; protected init; } = 1;

    /// <summary>Whether it is the same at each evaluation, and costs nothing then: a literal, or a list or map of them.</summary>
    public bool IsConstant { get; protected init; }

    protected static int Below(params ReadOnlySpan<CelExpr?> children)
    {
        var depth = 0;
        foreach (var child in children) depth = Math.Max(depth, child?.Depth ?? 0);
        return depth + 1;
    }

    /// <summary>A constant.</summary>
    internal sealed class Literal : CelExpr
    {
        public Literal(int position, CelValue value)
            : base(position) => (Value, IsConstant) = (value, true);

        public CelValue Value { get; }
    }

    /// <summary>A name.</summary>
    internal sealed class Ident(int position, string name) : CelExpr(position)
    {
        public string Name { get; } = name;
    }

    /// <summary>A field of a value; or whether the value has it.</summary>
    internal sealed class Select : CelExpr
    {
        public Select(int position, CelExpr operand, string field, bool isTest = false, bool isOptional = false)
            : base(position) => (Operand, Field, IsTest, IsOptional, Depth) = (operand, field, isTest, isOptional, Below(operand));

        public CelExpr Operand { get; }

        public string Field { get; }

        /// <summary>Whether it asks for presence: <c>has(a.b)</c>.</summary>
        public bool IsTest { get; }

        /// <summary>Whether it gives an optional value: <c>a.?b</c>.</summary>
        public bool IsOptional { get; }
    }

    /// <summary>An operator or function with its arguments; a method's target is the first of them.</summary>
    internal sealed class Call : CelExpr
    {
        public Call(int position, string function, bool isMember, params CelExpr[] args)
            : base(position) => (Function, IsMember, Args, Depth) = (function, isMember, args, Below(args));

        public string Function { get; }

        public bool IsMember { get; }

        public CelExpr[] Args { get; }
    }

    /// <summary>A list; an element may be optional: <c>[?a]</c>.</summary>
    internal sealed class List : CelExpr
    {
        public List(int position, CelExpr[] items, bool[]? optional = null)
            : base(position)
        {
            (Items, Optional, Depth) = (items, optional ?? new bool[items.Length], Below(items));
            IsConstant = Array.TrueForAll(Items, item => item.IsConstant) && !Optional.Contains(true);
        }

        public CelExpr[] Items { get; }

        public bool[] Optional { get; }
    }

    /// <summary>A map; an entry may be optional: <c>{?a: b}</c>.</summary>
    internal sealed class Map : CelExpr
    {
        public Map(int position, CelExpr[] keys, CelExpr[] values, bool[] optional)
            : base(position)
        {
            (Keys, Values, Optional, Depth) = (keys, values, optional, Math.Max(Below(keys), Below(values)));
            IsConstant = Array.TrueForAll(keys, key => key.IsConstant) && Array.TrueForAll(values, value => value.IsConstant) && !optional.Contains(true);
        }

        public CelExpr[] Keys { get; }

        public CelExpr[] Values { get; }

        public bool[] Optional { get; }
    }

    /// <summary>A message: <c>Name{field: value}</c>. No message type is declared here.</summary>
    internal sealed class Message(int position, string name) : CelExpr(position)
    {
        public string Name { get; } = name;
    }

    /// <summary>A loop over a list or a map that folds its elements into one value.</summary>
    internal sealed class Fold : CelExpr
    {
        public Fold(int position, CelExpr range, string variable, string? second, string accumulator, CelExpr initial, CelExpr condition, CelExpr step, CelExpr result)
            : base(position)
        {
            (Range, Variable, Second, Accumulator) = (range, variable, second, accumulator);
            (Initial, Condition, Step, Result) = (initial, condition, step, result);
            Depth = Below(range, initial, condition, step, result);
        }

        public CelExpr Range { get; }

        /// <summary>The element; of a map, or where there is a second variable, the key or index.</summary>
        public string Variable { get; }

        /// <summary>The element or value; null where there is one variable only.</summary>
        public string? Second { get; }

        public string Accumulator { get; }

        public CelExpr Initial { get; }

        /// <summary>Whether the loop goes on.</summary>
        public CelExpr Condition { get; }

        public CelExpr Step { get; }

        public CelExpr Result { get; }
    }
}
