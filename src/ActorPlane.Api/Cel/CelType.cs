namespace ActorPlane.Api.Cel;

/// <summary>
/// A type of the Common Expression Language. Two are the same when kind, name and parameters are. Source: cel-go/common/types/types.go.
/// </summary>
internal sealed class CelType
{
    public static readonly CelType Error = new(CelTypeKind.Error, "!error!");
    public static readonly CelType Dyn = new(CelTypeKind.Dyn, "dyn");
    public static readonly CelType Null = new(CelTypeKind.Null, "null_type");
    public static readonly CelType Bool = new(CelTypeKind.Bool, "bool");
    public static readonly CelType Int = new(CelTypeKind.Int, "int");
    public static readonly CelType Uint = new(CelTypeKind.Uint, "uint");
    public static readonly CelType Double = new(CelTypeKind.Double, "double");
    public static readonly CelType String = new(CelTypeKind.String, "string");
    public static readonly CelType Bytes = new(CelTypeKind.Bytes, "bytes");
    public static readonly CelType Duration = new(CelTypeKind.Duration, "google.protobuf.Duration");
    public static readonly CelType Timestamp = new(CelTypeKind.Timestamp, "google.protobuf.Timestamp");
    public static readonly CelType AnyList = ListOf(Dyn);
    public static readonly CelType AnyMap = MapOf(Dyn, Dyn);
    public static readonly CelType AnyType = TypeOf(Dyn);
    public static readonly CelType Url = Opaque("kubernetes.URL");
    public static readonly CelType Quantity = Opaque("kubernetes.Quantity");
    public static readonly CelType Ip = Opaque("net.IP");
    public static readonly CelType Cidr = Opaque("net.CIDR");
    public static readonly CelType Format = Opaque("kubernetes.NamedFormat");

    /// <summary>The name of the type of optional values.</summary>
    public const string OptionalName = "optional_type";

    private CelType(CelTypeKind kind, string name, CelType[]? parameters = null) => (Kind, Name, Parameters) = (kind, name, parameters ?? []);

    public CelTypeKind Kind { get; }

    /// <summary>The name, without parameters.</summary>
    public string Name { get; }

    /// <summary>What a list, map, optional value or type is of.</summary>
    public CelType[] Parameters { get; }

    /// <summary>The types of an object's fields, by their escaped names; none for other types.</summary>
    public IReadOnlyDictionary<string, CelType> Fields { get; private init; } = new Dictionary<string, CelType>();

    public bool IsDynOrError => Kind is CelTypeKind.Dyn or CelTypeKind.Error;

    public bool IsOptional => Kind == CelTypeKind.Opaque && Name == OptionalName;

    public static CelType ListOf(CelType element) => new(CelTypeKind.List, "list", [element]);

    public static CelType MapOf(CelType key, CelType value) => new(CelTypeKind.Map, "map", [key, value]);

    public static CelType TypeOf(CelType type) => new(CelTypeKind.Type, "type", [type]);

    public static CelType OptionalOf(CelType type) => new(CelTypeKind.Opaque, OptionalName, [type]);

    public static CelType Parameter(string name) => new(CelTypeKind.Parameter, name);

    public static CelType Object(string name, IReadOnlyDictionary<string, CelType> fields) => new(CelTypeKind.Object, name) { Fields = fields };

    /// <summary>The same with other parameters.</summary>
    public CelType With(CelType[] parameters) => new(Kind, Name, parameters) { Fields = Fields };

    public bool IsSame(CelType other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (Kind != other.Kind || Name != other.Name || Parameters.Length != other.Parameters.Length) return false;
        for (var i = 0; i < Parameters.Length; i++)
        {
            if (!Parameters[i].IsSame(other.Parameters[i])) return false;
        }

        return true;
    }

    /// <summary>As errors show it: <c>map(string, list(int))</c>.</summary>
    public override string ToString() => Kind switch
    {
        CelTypeKind.Null => "null",
        CelTypeKind.Duration => "duration",
        CelTypeKind.Timestamp => "timestamp",
        _ => Parameters.Length == 0 ? Name : $"{Name}({string.Join(", ", Parameters.Select(parameter => parameter.ToString()))})",
    };

    private static CelType Opaque(string name) => new(CelTypeKind.Opaque, name);
}
