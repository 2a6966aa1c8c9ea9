using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Akka.Tests.ApiSignatures;

/// <summary>
/// Writes types and members as the text files beside this do: one line for a type with its base type and all its interfaces, one for each
/// public or protected member that it declares, without attributes.
/// </summary>
internal static class SignatureRenderer
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> ShortNamespaces = ["System", "System.Collections.Generic", "System.Collections.Immutable", "System.Threading.Tasks"];

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(decimal)] = "decimal"
    };

    /// <summary>The name of a type as its line in the files gives it: without its namespace, with the types around it.</summary>
    internal static string NameInFile(Type type) => Name(type, withNamespace: false);

    /// <summary>The line of the type.</summary>
    internal static string Header(Type type)
    {
        if (type.IsEnum)
            return "public enum " + NameInFile(type);
        if (IsDelegate(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"public delegate {Name(invoke.ReturnType)} {NameInFile(type)}({Parameters(invoke)})" + Constraints(type.GetGenericArguments());
        }

        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly struct" : "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class"
        };
        if (type.IsClass && type.GetMethod("<Clone>$", Declared) != null)
            kind = kind.Replace("class", "record class", StringComparison.Ordinal);
        var bases = type.GetInterfaces().Where(IsVisible).Select(implemented => Name(implemented)).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            bases.Insert(0, Name(parent));
        return $"public {kind} {NameInFile(type)}" + (bases.Count == 0 ? "" : " : " + string.Join(", ", bases)) + Constraints(type.GetGenericArguments());
    }

    /// <summary>The lines of the members that the type declares.</summary>
    internal static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        if (IsDelegate(type))
            return [];
        return type.GetFields(Declared).Where(field => IsOpen(field.IsPublic, field.IsFamily, field.IsFamilyOrAssembly)).Select(Field)
            .Concat(type.GetConstructors(Declared).Where(made => !made.IsStatic && IsOpen(made)).Select(made => $"{Access(made)} {SimpleName(type)}({Parameters(made)})"))
            .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsOpen)).Select(Property))
            .Concat(type.GetEvents(Declared).Where(raised => IsOpen(raised.AddMethod!)).Select(raised => $"{Modifiers(raised.AddMethod!)}event {Name(raised.EventHandlerType!)} {raised.Name}"))
            .Concat(type.GetMethods(Declared).Where(method => IsOpen(method) && IsOrdinary(method)).Select(Method));
    }

    private static bool IsDelegate(Type type) => type.BaseType == typeof(MulticastDelegate);

    private static bool IsVisible(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition().IsVisible : type.IsVisible;

    private static bool IsOpen(bool isPublic, bool isFamily, bool isFamilyOrAssembly) => isPublic || isFamily || isFamilyOrAssembly;

    private static bool IsOpen(MethodBase method) => IsOpen(method.IsPublic, method.IsFamily, method.IsFamilyOrAssembly);

    private static bool IsOrdinary(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.Name.Contains('<');

    private static string Access(MethodBase method) => method.IsPublic ? "public" : method.IsFamilyOrAssembly ? "protected internal" : "protected";

    private static string Field(FieldInfo field)
    {
        var access = field.IsPublic ? "public" : field.IsFamilyOrAssembly ? "protected internal" : "protected";
        if (field.IsLiteral)
            return $"{access} const {Name(field.FieldType)} {field.Name} = {Constant(field.GetRawConstantValue(), field.FieldType)}";
        return $"{access} {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}";
    }

    private static string Property(PropertyInfo property)
    {
        // The wider accessor gives the property's access; the other one says its own.
        var main = property.GetAccessors(true).Where(IsOpen).OrderByDescending(accessor => accessor.IsPublic).First();
        var accessors = "";
        foreach (var accessor in (MethodInfo?[])[property.GetMethod, property.SetMethod])
        {
            if (accessor == null || !IsOpen(accessor))
                continue;
            var verb = accessor == property.GetMethod ? "get" : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : "set";
            accessors += (Access(accessor) == Access(main) ? "" : Access(accessor) + " ") + verb + "; ";
        }

        var name = property.GetIndexParameters() is { Length: > 0 } indices ? $"this[{string.Join(", ", indices.Select(Parameter))}]" : property.Name;
        return $"{Modifiers(main)}{Name(property.PropertyType)} {name} {{ {accessors}}}";
    }

    private static string Method(MethodInfo method)
    {
        var arguments = method.GetGenericArguments();
        var generic = arguments.Length == 0 ? "" : "<" + string.Join(", ", arguments.Select(argument => argument.Name)) + ">";
        return $"{Modifiers(method)}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)}){Constraints(arguments)}";
    }

    private static string Modifiers(MethodInfo method)
    {
        var access = Access(method) + " ";
        if (method.DeclaringType!.IsInterface)
            return access;
        if (method.IsStatic)
            return access + "static ";
        var overrides = method.GetBaseDefinition().DeclaringType != method.DeclaringType;
        return access + (method.IsAbstract ? overrides ? "abstract override " : "abstract "
            : overrides ? method.IsFinal ? "sealed override " : "override "
            : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");
    }

    private static string Parameters(MethodBase method)
    {
        var text = string.Join(", ", method.GetParameters().Select(Parameter));
        return method.IsDefined(typeof(ExtensionAttribute), false) ? "this " + text : text;
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var prefix = parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "";
        if (type.IsByRef)
        {
            prefix = parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
            type = type.GetElementType()!;
        }

        var value = parameter.HasDefaultValue ? " = " + Constant(parameter.DefaultValue, type) : "";
        return $"{prefix}{Name(type)} {parameter.Name}{value}";
    }

    private static string Constant(object? value, Type type)
    {
        if (value == null)
            return type.IsValueType && Nullable.GetUnderlyingType(type) == null ? "default" : "null";
        if (type.IsEnum)
            return $"{Name(type)}.{Enum.ToObject(type, value)}";
        return value switch
        {
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!
        };
    }

    private static string Constraints(Type[] arguments)
    {
        var text = "";
        foreach (var argument in arguments)
        {
            var attributes = argument.GenericParameterAttributes;
            var parts = new List<string>();
            if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
                parts.Add("class");
            var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
            if (isStruct)
                parts.Add("struct");
            parts.AddRange(argument.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)).Select(constraint => Name(constraint)));
            if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
                parts.Add("new()");
            if (parts.Count > 0)
                text += $" where {argument.Name} : {string.Join(", ", parts)}";
        }

        return text;
    }

    private static string Variance(Type argument) => !argument.IsGenericParameter ? ""
        : (argument.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => "out ",
            GenericParameterAttributes.Contravariant => "in ",
            _ => ""
        };

    private static string SimpleName(Type type) => type.Name.Split('`')[0];

    private static string Name(Type type, bool withNamespace = true)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
            return "(" + string.Join(", ", type.GetGenericArguments().Select(argument => Name(argument))) + ")";

        var chain = new List<Type>();
        for (var outer = type; outer != null; outer = outer.DeclaringType)
            chain.Insert(0, outer);
        var arguments = type.GetGenericArguments();
        var used = 0;
        var names = chain.ConvertAll(part =>
        {
            var count = part.GetGenericArguments().Length;
            var own = arguments[used..Math.Max(used, count)];
            used = Math.Max(used, count);
            return SimpleName(part) + (own.Length == 0 ? "" : "<" + string.Join(", ", own.Select(argument => (withNamespace ? "" : Variance(argument)) + Name(argument))) + ">");
        });
        var name = string.Join('.', names);
        return !withNamespace || type.Namespace == null || ShortNamespaces.Contains(type.Namespace) ? name : type.Namespace + "." + name;
    }
}
