using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Akka.Tests.Api;

/// <summary>
/// The public and protected API of an assembly as text: for each type its header and its members, one a line. Names of types are
/// reduced to their last part, attributes are left out; the rest is what a compiler of callers and subclasses sees.
/// </summary>
internal static partial class ApiText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(char)] = "char", [typeof(decimal)] = "decimal",
        [typeof(double)] = "double", [typeof(float)] = "float", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(object)] = "object",
        [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(string)] = "string", [typeof(uint)] = "uint", [typeof(ulong)] = "ulong",
        [typeof(ushort)] = "ushort",
    };

    /// <summary>Reads the copy of the real API: type (with its namespace) to header and members.</summary>
    public static Dictionary<string, (string Header, HashSet<string> Members)> Parse(IEnumerable<string> lines)
    {
        var types = new Dictionary<string, (string, HashSet<string>)>(StringComparer.Ordinal);
        var ns = "";
        HashSet<string>? members = null;
        foreach (var line in lines)
        {
            if (line.StartsWith("===== namespace ", StringComparison.Ordinal))
            {
                ns = line.Split(' ')[2];
            }
            else if (line.StartsWith("    ", StringComparison.Ordinal))
            {
                members!.Add(Normal(line));
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                var header = Attributes().Replace(line, "").Trim();
                members = new HashSet<string>(StringComparer.Ordinal);
                types[$"{ns}.{NameIn(header)}"] = (Normal(header), members);
            }
        }

        return types;
    }

    public static IEnumerable<(string Key, string Header, List<string> Members)> Of(Assembly assembly) =>
        from type in assembly.GetTypes()
        where IsVisible(type) && type.Namespace is { } ns && ns.StartsWith("Akka", StringComparison.Ordinal) && !ns.StartsWith("Akka.Embedded", StringComparison.Ordinal)
        select ($"{type.Namespace}.{SimpleNested(type)}", Normal(Header(type)), Members(type).Select(Normal).ToList());

    private static string Normal(string text)
    {
        text = Attributes().Replace(text, "").Trim();
        text = Qualifier().Replace(text, "");
        return text.Replace("@", "");
    }

    private static string NameIn(string header)
    {
        var match = TypeName().Match(header);
        return match.Success ? match.Groups[1].Value.Replace("out ", "", StringComparison.Ordinal) : throw new FormatException(header);
    }

    private static bool IsVisible(Type type) =>
        type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!) : type.IsPublic;

    private static string SimpleNested(Type type)
    {
        var name = type.Name.Split('`')[0];
        if (type.IsNested)
            return $"{SimpleNested(type.DeclaringType!)}.{name}";
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(a => a.Name))}>" : name;
    }

    private static string Header(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"public delegate {Name(invoke.ReturnType)} {Nested(type)}({Parameters(invoke)})";
        }

        var kind = type.IsInterface ? "interface"
            : type.IsEnum ? "enum"
            : type.IsValueType ? (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct")
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        var bases = new List<string>();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
            bases.Add(Name(parent));
        if (!type.IsEnum)
            bases.AddRange(type.GetInterfaces().Where(i => i.IsVisible).Select(Name).Order(StringComparer.Ordinal));
        return $"public {kind} {Nested(type)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}{Constraints(type.GetGenericArguments())}";
    }

    private static string Nested(Type type) => type.IsNested ? $"{Nested(type.DeclaringType!)}.{Own(type)}" : Own(type);

    private static string Own(Type type)
    {
        var name = type.Name.Split('`')[0];
        var own = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0).ToList();
        return own.Count == 0 ? name : $"{name}<{string.Join(", ", own.Select(a => Variance(a) + a.Name))}>";
    }

    private static string Variance(Type parameter) =>
        (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => "out ",
            GenericParameterAttributes.Contravariant => "in ",
            _ => "",
        };

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (typeof(Delegate).IsAssignableFrom(type))
            yield break;
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type))
                yield return $"{name} = {Convert.ToInt64(Enum.Parse(type, name), System.Globalization.CultureInfo.InvariantCulture)}";
            yield break;
        }

        foreach (var constructor in type.GetConstructors(Declared).Where(c => !c.IsStatic && Access(c) is not null))
            yield return $"{Access(constructor)} {type.Name.Split('`')[0]}({Parameters(constructor)})";
        foreach (var field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
        {
            var access = field.IsPublic ? "public" : field.IsFamily ? "protected" : "protected internal";
            yield return field.IsLiteral
                ? $"{access} const {Name(field.FieldType)} {field.Name} = {Value(field.GetRawConstantValue(), field.FieldType)}"
                : $"{access} {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}";
        }

        foreach (var property in type.GetProperties(Declared))
        {
            var get = property.GetMethod is { } g && Access(g) is not null ? g : null;
            var set = property.SetMethod is { } s && Access(s) is not null ? s : null;
            var main = get ?? set;
            if (main is null)
                continue;
            if (get is not null && set is not null && Access(get) != Access(set) && Access(set) == "public")
                main = set;
            var accessors = string.Join(" ", new[] { (Method: get, Word: "get;"), (Method: set, Word: set is not null && IsInit(set) ? "init;" : "set;") }
                .Where(a => a.Method is not null)
                .Select(a => Access(a.Method!) == Access(main) ? a.Word : $"{Access(a.Method!)} {a.Word}"));
            var index = property.GetIndexParameters();
            var name = index.Length > 0 ? $"this[{string.Join(", ", index.Select(p => $"{Name(p.ParameterType)} {p.Name}"))}]" : property.Name;
            yield return $"{Access(main)} {Modifiers(main, type)}{Name(property.PropertyType)} {name} {{ {accessors} }}";
        }

        foreach (var method in type.GetMethods(Declared).Where(m => Access(m) is not null && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))))
        {
            // The copy leaves out what compilers make for records and their like.
            if (method.Name.Contains('<') || method.Name.Contains('.'))
                continue;
            var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
            var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
            yield return $"{Access(method)} {Modifiers(method, type)}{Name(method.ReturnType)} {method.Name}{generic}({extension}{Parameters(method)}){Constraints(method.GetGenericArguments())}";
        }
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string? Access(MethodBase method) =>
        method.IsPublic ? "public" : method.IsFamily ? "protected" : method.IsFamilyOrAssembly ? "protected internal" : null;

    private static string Modifiers(MethodInfo method, Type type)
    {
        if (method.IsStatic)
            return "static ";
        if (type.IsInterface)
            return "";
        var overrides = method.GetBaseDefinition().DeclaringType != method.DeclaringType;
        if (method.IsAbstract)
            return overrides ? "abstract override " : "abstract ";
        if (!method.IsVirtual || (method.IsFinal && !overrides))
            return "";
        return overrides ? (method.IsFinal ? "sealed override " : "override ") : "virtual ";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
    {
        var prefix = p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : p.IsOut ? "out " : p.ParameterType.IsByRef ? (p.IsIn ? "in " : "ref ") : "";
        var type = p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType;
        var value = p.HasDefaultValue ? " = " + Value(p.RawDefaultValue, type) : "";
        return $"{prefix}{Name(type)} {p.Name}{value}";
    }));

    private static string Value(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Constraints(Type[] arguments)
    {
        var text = "";
        foreach (var argument in arguments.Where(a => a.IsGenericParameter))
        {
            var parts = new List<string>();
            var flags = argument.GenericParameterAttributes;
            if ((flags & GenericParameterAttributes.ReferenceTypeConstraint) != 0)
                parts.Add("class");
            if ((flags & GenericParameterAttributes.NotNullableValueTypeConstraint) != 0)
                parts.Add("struct");
            parts.AddRange(argument.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(Name));
            if ((flags & GenericParameterAttributes.DefaultConstructorConstraint) != 0 && (flags & GenericParameterAttributes.NotNullableValueTypeConstraint) == 0)
                parts.Add("new()");
            if (parts.Count > 0)
                text += $" where {argument.Name} : {string.Join(", ", parts)}";
        }

        return text;
    }

    private static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        var simple = type.Name.Split('`')[0];
        var own = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0).ToList();
        return own.Count == 0 ? simple : $"{simple}<{string.Join(", ", own.Select(Name))}>";
    }

    [GeneratedRegex(@"\[(?:Obsolete|InternalApi|[A-Z]\w*Api\w*)(?:\((?:""[^""]*""|[^)])*\))?\] ")]
    private static partial Regex Attributes();

    // A qualified name, or the type arguments of an outer type, in front of a type's own name.
    [GeneratedRegex(@"(?<![\w""])(?:[A-Za-z_]\w*(?:<[\w, .]*>)?\.)+(?=[A-Za-z_])")]
    private static partial Regex Qualifier();

    [GeneratedRegex(@"^public (?:static |abstract |sealed |readonly |ref |record )*(?:class|interface|struct|enum|delegate [\w.<>, \[\]?]+) ([\w.]+(?:<[^>]*>)?)")]
    private static partial Regex TypeName();
}
