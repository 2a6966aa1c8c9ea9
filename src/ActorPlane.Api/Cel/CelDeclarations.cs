namespace ActorPlane.Api.Cel;

/// <summary>
/// The functions that rules of Kubernetes 1.32 may call, with their types. Source: k8s.io/apiserver/pkg/cel/environment/base.go and
/// pkg/cel/library, cel-go/common/stdlib, cel-go/ext (strings of version 2, sets, comprehensions with two variables), cel-go/cel/library.go
/// (optional values).
/// </summary>
internal static class CelDeclarations
{
    // One signature a line, as name(parameters) result; a method as (target).name(parameters) result. Single capital letters are variables.
    private const string Signatures = """
        _?_:_(bool, A, A) A
        _&&_(bool, bool) bool
        _||_(bool, bool) bool
        !_(bool) bool
        @not_strictly_false(bool) bool
        _==_(A, A) bool
        _!=_(A, A) bool
        @in(A, list(A)) bool
        @in(A, map(A, B)) bool
        _[_](list(A), int) A
        _[_](map(A, B), A) B
        _[_](optional(list(A)), int) optional(A)
        _[_](optional(map(A, B)), A) optional(B)
        _[?_](list(A), int) optional(A)
        _[?_](map(A, B), A) optional(B)
        _[?_](optional(list(A)), int) optional(A)
        _[?_](optional(map(A, B)), A) optional(B)
        _+_(bytes, bytes) bytes
        _+_(double, double) double
        _+_(duration, duration) duration
        _+_(duration, timestamp) timestamp
        _+_(timestamp, duration) timestamp
        _+_(int, int) int
        _+_(list(A), list(A)) list(A)
        _+_(string, string) string
        _+_(uint, uint) uint
        _-_(double, double) double
        _-_(duration, duration) duration
        _-_(int, int) int
        _-_(timestamp, duration) timestamp
        _-_(timestamp, timestamp) duration
        _-_(uint, uint) uint
        _*_(double, double) double
        _*_(int, int) int
        _*_(uint, uint) uint
        _/_(double, double) double
        _/_(int, int) int
        _/_(uint, uint) uint
        _%_(int, int) int
        _%_(uint, uint) uint
        -_(double) double
        -_(int) int
        size(bytes) int
        size(list(A)) int
        size(map(A, B)) int
        size(string) int
        (bytes).size() int
        (list(A)).size() int
        (map(A, B)).size() int
        (string).size() int
        type(A) type(A)
        dyn(A) dyn
        bool(bool) bool
        bool(string) bool
        bytes(bytes) bytes
        bytes(string) bytes
        double(double) double
        double(int) double
        double(string) double
        double(uint) double
        duration(duration) duration
        duration(int) duration
        duration(string) duration
        int(int) int
        int(double) int
        int(duration) int
        int(string) int
        int(timestamp) int
        int(uint) int
        string(string) string
        string(bool) string
        string(bytes) string
        string(double) string
        string(duration) string
        string(int) string
        string(timestamp) string
        string(uint) string
        timestamp(timestamp) timestamp
        timestamp(int) timestamp
        timestamp(string) timestamp
        uint(uint) uint
        uint(double) uint
        uint(int) uint
        uint(string) uint
        (string).contains(string) bool
        (string).endsWith(string) bool
        (string).startsWith(string) bool
        (string).matches(string) bool
        matches(string, string) bool
        (timestamp).getFullYear() int
        (timestamp).getFullYear(string) int
        (timestamp).getMonth() int
        (timestamp).getMonth(string) int
        (timestamp).getDayOfYear() int
        (timestamp).getDayOfYear(string) int
        (timestamp).getDayOfMonth() int
        (timestamp).getDayOfMonth(string) int
        (timestamp).getDate() int
        (timestamp).getDate(string) int
        (timestamp).getDayOfWeek() int
        (timestamp).getDayOfWeek(string) int
        (timestamp).getHours() int
        (timestamp).getHours(string) int
        (timestamp).getMinutes() int
        (timestamp).getMinutes(string) int
        (timestamp).getSeconds() int
        (timestamp).getSeconds(string) int
        (timestamp).getMilliseconds() int
        (timestamp).getMilliseconds(string) int
        (duration).getHours() int
        (duration).getMinutes() int
        (duration).getSeconds() int
        (duration).getMilliseconds() int
        optional.of(A) optional(A)
        optional.ofNonZeroValue(A) optional(A)
        optional.none() optional(A)
        (optional(A)).value() A
        (optional(A)).hasValue() bool
        (optional(A)).or(optional(A)) optional(A)
        (optional(A)).orValue(A) A
        (string).charAt(int) string
        (string).format(list(dyn)) string
        (string).indexOf(string) int
        (string).indexOf(string, int) int
        (string).lastIndexOf(string) int
        (string).lastIndexOf(string, int) int
        (string).lowerAscii() string
        (string).upperAscii() string
        (string).replace(string, string) string
        (string).replace(string, string, int) string
        (string).split(string) list(string)
        (string).split(string, int) list(string)
        (string).substring(int) string
        (string).substring(int, int) string
        (string).trim() string
        (list(string)).join() string
        (list(string)).join(string) string
        strings.quote(string) string
        sets.contains(list(A), list(A)) bool
        sets.equivalent(list(A), list(A)) bool
        sets.intersects(list(A), list(A)) bool
        cel.@mapInsert(map(A, B), A, B) map(A, B)
        cel.@mapInsert(map(A, B), map(A, B)) map(A, B)
        (string).find(string) string
        (string).findAll(string) list(string)
        (string).findAll(string, int) list(string)
        (list(A)).indexOf(A) int
        (list(A)).lastIndexOf(A) int
        url(string) URL
        isURL(string) bool
        (URL).getScheme() string
        (URL).getHost() string
        (URL).getHostname() string
        (URL).getPort() string
        (URL).getEscapedPath() string
        (URL).getQuery() map(string, list(string))
        quantity(string) Quantity
        isQuantity(string) bool
        (Quantity).sign() int
        (Quantity).isGreaterThan(Quantity) bool
        (Quantity).isLessThan(Quantity) bool
        (Quantity).compareTo(Quantity) int
        (Quantity).asApproximateFloat() double
        (Quantity).asInteger() int
        (Quantity).isInteger() bool
        (Quantity).add(Quantity) Quantity
        (Quantity).add(int) Quantity
        (Quantity).sub(Quantity) Quantity
        (Quantity).sub(int) Quantity
        ip(string) IP
        isIP(string) bool
        ip.isCanonical(string) bool
        string(IP) string
        (IP).family() int
        (IP).isUnspecified() bool
        (IP).isLoopback() bool
        (IP).isLinkLocalMulticast() bool
        (IP).isLinkLocalUnicast() bool
        (IP).isGlobalUnicast() bool
        cidr(string) CIDR
        isCIDR(string) bool
        string(CIDR) string
        (CIDR).containsIP(string) bool
        (CIDR).containsIP(IP) bool
        (CIDR).containsCIDR(string) bool
        (CIDR).containsCIDR(CIDR) bool
        (CIDR).ip() IP
        (CIDR).masked() CIDR
        (CIDR).prefixLength() int
        format.named(string) optional(Format)
        (Format).validate(string) optional(list(string))
        """;

    private static readonly string[] Orders = ["_<_", "_<=_", "_>_", "_>=_"];
    private static readonly string[] Ordered = ["bool", "string", "bytes", "double", "int", "uint", "duration", "timestamp"];
    private static readonly string[] Sorted = ["int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes"];
    private static readonly string[] Summed = ["int", "uint", "double", "duration"];
    private static readonly (string, string)[] MixedNumbers = [("double", "int"), ("double", "uint"), ("int", "double"), ("int", "uint"), ("uint", "double"), ("uint", "int")];

    private static readonly Dictionary<string, List<CelOverload>> ByName = Read();

    private static readonly Dictionary<string, CelType> TypeNames = new(StringComparer.Ordinal)
    {
        ["bool"] = CelType.Bool, ["int"] = CelType.Int, ["uint"] = CelType.Uint, ["double"] = CelType.Double, ["string"] = CelType.String, ["bytes"] = CelType.Bytes,
        ["list"] = CelType.AnyList, ["map"] = CelType.AnyMap, ["null_type"] = CelType.Null, ["type"] = CelType.AnyType, ["dyn"] = CelType.Dyn,
        ["google.protobuf.Duration"] = CelType.Duration, ["google.protobuf.Timestamp"] = CelType.Timestamp, ["optional_type"] = CelType.OptionalOf(CelType.Dyn),
        ["kubernetes.URL"] = CelType.Url, ["kubernetes.Quantity"] = CelType.Quantity, ["net.IP"] = CelType.Ip, ["net.CIDR"] = CelType.Cidr,
    };

    /// <summary>Whether there is a function with this full name.</summary>
    public static bool IsDeclared(string function) => ByName.ContainsKey(function);

    /// <summary>The ways to call a function; null when there is none.</summary>
    public static IReadOnlyList<CelOverload>? Find(string function) => ByName.GetValueOrDefault(function);

    /// <summary>The type that a name stands for; null when it is none.</summary>
    public static CelType? TypeNamed(string name) => TypeNames.GetValueOrDefault(name);

    private static Dictionary<string, List<CelOverload>> Read()
    {
        var result = new Dictionary<string, List<CelOverload>>(StringComparer.Ordinal);
        foreach (var line in Signatures.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) Add(line);
        foreach (var order in Orders)
        {
            foreach (var type in Ordered) Add($"{order}({type}, {type}) bool");
            foreach (var (left, right) in MixedNumbers) Add($"{order}({left}, {right}) bool");
        }

        foreach (var type in Sorted)
        {
            Add($"(list({type})).isSorted() bool");
            Add($"(list({type})).min() {type}");
            Add($"(list({type})).max() {type}");
        }

        foreach (var type in Summed) Add($"(list({type})).sum() {type}");
        foreach (var format in CelFormats.Names) Add($"format.{format}() Format");
        return result;

        void Add(string line)
        {
            var (name, overload) = new SignatureReader(line).Read();
            if (!result.TryGetValue(name, out var list)) result[name] = list = [];
            list.Add(overload);
        }
    }

    private sealed class SignatureReader(string line)
    {
        private int _at;

        public (string Name, CelOverload Overload) Read()
        {
            var parameters = new List<CelType>();
            var isMember = line[0] == '(';
            if (isMember)
            {
                _at = 1;
                parameters.Add(Type());
                _at += 2;
            }

            var open = line.IndexOf('(', _at);
            var name = line[_at..open];
            _at = open + 1;
            parameters.AddRange(Types());
            _at++;
            return (name, new CelOverload(isMember, [.. parameters], Type()));
        }

        // The types up to the closing parenthesis, which is passed.
        private List<CelType> Types()
        {
            var types = new List<CelType>();
            while (line[_at] != ')')
            {
                if (line[_at] == ',') _at += 2;
                types.Add(Type());
            }

            _at++;
            return types;
        }

        private CelType Type()
        {
            var start = _at;
            while (_at < line.Length && char.IsAsciiLetter(line[_at])) _at++;
            var name = line[start.._at];
            if (_at < line.Length && line[_at] == '(')
            {
                _at++;
                var below = Types();
                return name switch
                {
                    "list" => CelType.ListOf(below[0]),
                    "map" => CelType.MapOf(below[0], below[1]),
                    "type" => CelType.TypeOf(below[0]),
                    "optional" => CelType.OptionalOf(below[0]),
                    _ => throw new InvalidOperationException($"unknown type in {line}"),
                };
            }

            return name switch
            {
                "bool" => CelType.Bool,
                "int" => CelType.Int,
                "uint" => CelType.Uint,
                "double" => CelType.Double,
                "string" => CelType.String,
                "bytes" => CelType.Bytes,
                "dyn" => CelType.Dyn,
                "duration" => CelType.Duration,
                "timestamp" => CelType.Timestamp,
                "URL" => CelType.Url,
                "Quantity" => CelType.Quantity,
                "IP" => CelType.Ip,
                "CIDR" => CelType.Cidr,
                "Format" => CelType.Format,
                { Length: 1 } => CelType.Parameter(name),
                _ => throw new InvalidOperationException($"unknown type in {line}"),
            };
        }
    }
}
