using System.Text.Json;

namespace ActorPlane.Api.Generator;

/// <summary>The types and resources to generate: the published schema, protobuf's numbers, and the tables of this project.</summary>
internal sealed class SchemaModel
{
    private const string MetaPrefix = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    // Versions that a server of today does not serve by default, and ones that were promoted.
    private static readonly string[] Skipped =
    [
        "io.k8s.api.admissionregistration.v1alpha1.", "io.k8s.api.admissionregistration.v1beta1.", "io.k8s.api.flowcontrol.v1beta2.",
        "io.k8s.api.flowcontrol.v1beta3.", "io.k8s.api.resource.v1alpha2.", "io.k8s.api.apiserverinternal.v1alpha1.",
        "io.k8s.api.authentication.v1alpha1.", "io.k8s.api.authentication.v1beta1.", "io.k8s.api.certificates.v1alpha1.",
        "io.k8s.api.networking.v1alpha1.",
    ];

    private readonly Dictionary<string, JsonElement> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _protobuf = new(StringComparer.Ordinal);

    public IReadOnlyList<TypeModel> Types { get; private set; } = [];

    public IReadOnlyList<ResourceModel> Resources { get; private set; } = [];

    public static SchemaModel Read(string openApiPath, string protobufPath)
    {
        var model = new SchemaModel();
        var openApi = JsonDocument.Parse(File.ReadAllBytes(openApiPath)).RootElement;

        // The messages of 1.32 that the given file lacks are kept in this project.
        using var more = typeof(SchemaModel).Assembly.GetManifestResourceStream("protobuf-more.json")!;
        foreach (var document in new[] { JsonDocument.Parse(more), JsonDocument.Parse(File.ReadAllBytes(protobufPath)) })
        {
            foreach (var message in document.RootElement.EnumerateObject()) model._protobuf[message.Name] = message.Value;
        }

        foreach (var definition in openApi.GetProperty("definitions").EnumerateObject()) model._definitions[definition.Name] = definition.Value;
        foreach (var (from, to, only) in Additions.Promoted)
        {
            foreach (var name in model._definitions.Keys.Where(k => k.StartsWith(from, StringComparison.Ordinal) && only(k)).ToList())
            {
                model._definitions.TryAdd(to + name[from.Length..], model._definitions[name]);
            }
        }

        model.ReadTypes();
        model.ReadResources(openApi.GetProperty("paths"));
        return model;
    }

    private void ReadTypes()
    {
        var types = new SortedDictionary<string, TypeModel>(StringComparer.Ordinal);
        foreach (var (name, definition) in _definitions)
        {
            if (Array.Exists(Skipped, prefix => name.StartsWith(prefix, StringComparison.Ordinal))) continue;
            if (!definition.TryGetProperty("properties", out _) && !IsEmptyMessage(name)) continue;
            if (IsList(definition)) continue;
            types[name] = ReadType(name, definition);
        }

        foreach (var line in Additions.Fields) Add(types, line.Split(' '));
        foreach (var removed in Additions.Removed)
        {
            var name = Full(removed[..removed.LastIndexOf('.')]);
            var field = removed[(removed.LastIndexOf('.') + 1)..];
            types[name] = types[name] with { Fields = [.. types[name].Fields.Where(f => f.JsonName != field)] };
        }

        foreach (var (path, listType, keys, mergeKey, strategy) in Additions.Lists)
        {
            var name = Full(path[..path.LastIndexOf('.')]);
            var field = path[(path.LastIndexOf('.') + 1)..];
            types[name] = types[name] with
            {
                Fields = [.. types[name].Fields.Select(f => f.JsonName != field ? f : f with
                {
                    ListType = listType, ListMapKeys = keys, MergeKey = mergeKey, PatchStrategy = strategy,
                })],
            };
        }

        foreach (var (type, group, version, _, _, _) in Additions.Kinds)
        {
            var name = Full(type);
            types[name] = types[name] with { Gvk = (group, version, types[name].Name), HasObjectMeta = true };
        }

        foreach (var name in types.Keys.ToList()) types[name] = Finish(types[name]);
        Types = [.. types.Values];
    }

    private static bool IsEmptyMessage(string name) => name.EndsWith(".CustomResourceSubresourceStatus", StringComparison.Ordinal);

    private static bool IsList(JsonElement definition) =>
        definition.TryGetProperty("x-kubernetes-group-version-kind", out _)
        && definition.TryGetProperty("properties", out var properties)
        && properties.TryGetProperty("items", out _)
        && properties.TryGetProperty("metadata", out var metadata)
        && metadata.GetProperty("$ref").GetString()!.EndsWith(".ListMeta", StringComparison.Ordinal);

    private TypeModel ReadType(string name, JsonElement definition)
    {
        var required = definition.TryGetProperty("required", out var list)
            ? list.EnumerateArray().Select(e => e.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        (string, string, string)? gvk = null;
        if (definition.TryGetProperty("x-kubernetes-group-version-kind", out var gvks) && (gvks.GetArrayLength() == 1 || name == MetaPrefix + "Status"))
        {
            var first = gvks[0];
            gvk = (first.GetProperty("group").GetString()!, VersionOf(name, first.GetProperty("version").GetString()!), first.GetProperty("kind").GetString()!);
        }

        var fields = new List<FieldModel>();
        var hasObjectMeta = false;
        if (definition.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (gvk is not null && property.Name is "apiVersion" or "kind" && gvk is not null) continue;
                var schema = property.Value;
                if (property.Name == "metadata" && RefOf(schema)?.EndsWith(".ObjectMeta", StringComparison.Ordinal) == true) hasObjectMeta = true;
                var (number, wrapper) = NumberOf(name, property.Name);
                fields.Add(new FieldModel
                {
                    JsonName = property.Name,
                    Value = ValueOf(schema),
                    Number = number,
                    Wrapper = wrapper,
                    Required = required.Contains(property.Name),
                    ListType = Text(schema, "x-kubernetes-list-type"),
                    ListMapKeys = schema.TryGetProperty("x-kubernetes-list-map-keys", out var keys)
                        ? [.. keys.EnumerateArray().Select(k => k.GetString()!)] : [],
                    MergeKey = Text(schema, "x-kubernetes-patch-merge-key"),
                    PatchStrategy = Text(schema, "x-kubernetes-patch-strategy"),

                    // A list that is owned as a whole although patches merge it has to say so.
                    Atomic = Text(schema, "x-kubernetes-map-type") == "atomic"
                        || (Text(schema, "x-kubernetes-list-type") == "atomic" && Text(schema, "x-kubernetes-patch-strategy") is not null),
                });
            }
        }

        return new TypeModel
        {
            Definition = name,
            Namespace = NamespaceOf(name),
            Name = name[(name.LastIndexOf('.') + 1)..],
            Fields = fields,
            Gvk = gvk,
            HasObjectMeta = hasObjectMeta,
            Atomic = Text(definition, "x-kubernetes-map-type") == "atomic",
        };
    }

    // A promoted definition still carries its old version.
    private static string VersionOf(string name, string version) =>
        Array.Exists(Additions.Promoted, p => name.StartsWith(p.To, StringComparison.Ordinal)) ? "v1" : version;

    private void Add(SortedDictionary<string, TypeModel> types, string[] words)
    {
        var name = Full(words[0]);
        if (!types.TryGetValue(name, out var type))
        {
            type = new TypeModel { Definition = name, Namespace = NamespaceOf(name), Name = name[(name.LastIndexOf('.') + 1)..], Fields = [] };
        }

        var fields = type.Fields.ToList();
        foreach (var word in words.Skip(1))
        {
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var jsonName = word[..colon];
            var typeName = word[(colon + 1)..equals];
            var required = typeName.EndsWith('!');
            var numbers = word[(equals + 1)..].Split('@');
            var old = fields.Find(f => f.JsonName == jsonName);
            var field = (old ?? new FieldModel { JsonName = jsonName, Value = new ValueModel(ValueForm.String) }) with
            {
                Value = ParseType(typeName.TrimEnd('!')),
                Required = required || old is { Required: true },
                Number = int.Parse(numbers[0], System.Globalization.CultureInfo.InvariantCulture),
                Wrapper = numbers.Length > 1 ? int.Parse(numbers[1], System.Globalization.CultureInfo.InvariantCulture) : 0,
            };
            if (old is null) fields.Add(field);
            else fields[fields.IndexOf(old)] = field;
        }

        types[name] = type with { Fields = fields };
    }

    private static ValueModel ParseType(string name) => name switch
    {
        "string" => new(ValueForm.String),
        "int32" => new(ValueForm.Int32),
        "int64" => new(ValueForm.Int64),
        "bool" => new(ValueForm.Bool),
        "Time" => new(ValueForm.Timestamp),
        "Quantity" => new(ValueForm.Quantity),
        _ when name.StartsWith("[]", StringComparison.Ordinal) => new(ValueForm.List, ParseType(name[2..])),
        _ when name.StartsWith("{}", StringComparison.Ordinal) => new(ValueForm.Map, ParseType(name[2..])),
        _ => new(ValueForm.Message, Message: Full(name)),
    };

    private static TypeModel Finish(TypeModel type)
    {
        var order = GoFacts.Of(GoFacts.Order, type.Definition).Select((field, index) => (field, index)).ToDictionary(e => e.field, e => e.index, StringComparer.Ordinal);
        var fields = type.Fields.Select(field =>
        {
            var message = field.Value.Form == ValueForm.Message;
            var always = (field.Required && !GoFacts.Has(GoFacts.OmittedThoughRequired, type.Definition, field.JsonName))
                || GoFacts.Has(GoFacts.Always, type.Definition, field.JsonName)
                || (message && field.JsonName is "metadata" or "spec" or "status" && message);
            var shortName = string.Join('.', type.Definition.Split('.')[^3..]) + "." + field.JsonName;
            return field with
            {
                Always = always,
                Pointer = !always && (GoFacts.Has(GoFacts.Pointers, type.Definition, field.JsonName)
                    || field.Value.Form is ValueForm.Quantity or ValueForm.IntOrString or ValueForm.Timestamp or ValueForm.MicroTimestamp or ValueForm.Message or ValueForm.Json),
                NeverNull = message && always,
                Default = GoFacts.KeyDefaults.GetValueOrDefault(shortName),
                Order = order.TryGetValue(field.JsonName, out var place) ? place
                    : field.JsonName == "kind" && field.Number == 0 ? -2 : field.JsonName == "apiVersion" && field.Number == 0 ? -1
                    : 1000 + (field.Wrapper > 0 ? (field.Wrapper * 1000) + field.Number : field.Number > 0 ? field.Number * 1000 : 1_000_000),
            };
        });
        return type with { Fields = [.. fields.OrderBy(f => f.Order).ThenBy(f => f.JsonName, StringComparer.Ordinal)] };
    }

    private ValueModel ValueOf(JsonElement schema)
    {
        if (RefOf(schema) is { } reference) return ReferenceOf(reference);
        var type = Text(schema, "type");
        var format = Text(schema, "format");
        return type switch
        {
            "string" when format == "byte" => new(ValueForm.Bytes),
            "string" => new(ValueForm.String),
            "integer" => new(format == "int64" ? ValueForm.Int64 : ValueForm.Int32),
            "boolean" => new(ValueForm.Bool),
            "number" => new(ValueForm.Double),
            "array" => new(ValueForm.List, ValueOf(schema.GetProperty("items"))),
            "object" when schema.TryGetProperty("additionalProperties", out var values) => new(ValueForm.Map, ValueOf(values)),
            _ => throw new InvalidDataException("No type for " + schema),
        };
    }

    private static ValueModel ReferenceOf(string definition)
    {
        var name = definition[(definition.LastIndexOf('.') + 1)..];
        if (definition.StartsWith(MetaPrefix, StringComparison.Ordinal))
        {
            if (name == "Time") return new(ValueForm.Timestamp);
            if (name == "MicroTime") return new(ValueForm.MicroTimestamp);
            if (name == "FieldsV1") return new(ValueForm.Json);
        }

        if (name == "RawExtension") return new(ValueForm.Json);
        if (name == "Quantity") return new(ValueForm.Quantity);
        if (name == "IntOrString") return new(ValueForm.IntOrString);
        if (name is "JSON" or "JSONSchemaPropsOrArray" or "JSONSchemaPropsOrBool" or "JSONSchemaPropsOrStringArray") return new(ValueForm.Json);
        foreach (var (from, to, _) in Additions.Promoted)
        {
            if (definition.StartsWith(from, StringComparison.Ordinal)) definition = to + definition[from.Length..];
        }

        return new(ValueForm.Message, Message: definition);
    }

    private (int Number, int Wrapper) NumberOf(string definition, string field)
    {
        var message = definition
            .Replace("io.k8s.api.", "k8s.io.api.", StringComparison.Ordinal)
            .Replace("io.k8s.apimachinery.", "k8s.io.apimachinery.", StringComparison.Ordinal);
        if (!_protobuf.TryGetValue(message, out var fields)) return (0, 0);
        foreach (var entry in fields.EnumerateObject())
        {
            if (string.Equals(entry.Name, field, StringComparison.OrdinalIgnoreCase)) return (entry.Value[0].GetInt32(), 0);
        }

        // A member that JSON flattens: its type is a message of the same package.
        var package = message[..(message.LastIndexOf('.') + 1)];
        foreach (var entry in fields.EnumerateObject())
        {
            if (!_protobuf.TryGetValue(package + entry.Value[1].GetString(), out var inner)) continue;
            if (entry.Name is not ("volumeSource" or "handler" or "ingressRuleValue" or "localObjectReference" or "ephemeralContainerCommon"
                or "persistentVolumeSource" or "rule")) continue;
            foreach (var innerEntry in inner.EnumerateObject())
            {
                if (string.Equals(innerEntry.Name, field, StringComparison.OrdinalIgnoreCase))
                {
                    return (innerEntry.Value[0].GetInt32(), entry.Value[0].GetInt32());
                }
            }
        }

        // TypeMeta is no part of the message: the envelope carries it.
        if (field is "apiVersion" or "kind") return (0, 0);
        throw new InvalidDataException($"{definition}.{field} has no protobuf number");
    }

    private void ReadResources(JsonElement paths)
    {
        var kinds = Types.Where(t => t.Gvk is not null).Select(t => t.Gvk!.Value).ToHashSet();
        var verbs = new Dictionary<(string Group, string Version, string Resource, string Sub), (bool Namespaced, SortedSet<string> Verbs, (string, string, string) Kind)>();
        foreach (var path in paths.EnumerateObject())
        {
            var parts = path.Name.Trim('/').Split('/').ToList();
            string group, version;
            if (parts[0] == "api" && parts.Count > 2) (group, version, parts) = ("", parts[1], parts[2..]);
            else if (parts[0] == "apis" && parts.Count > 3) (group, version, parts) = (parts[1], parts[2], parts[3..]);
            else continue;
            if (parts[0] == "watch") continue;
            var namespaced = false;
            if (parts is ["namespaces", "{namespace}", _, ..])
            {
                namespaced = true;
                parts = parts[2..];
            }

            var resource = parts[0];
            var sub = parts.Count > 2 ? parts[2] : "";
            if (parts.Count > 3) continue;
            foreach (var operation in path.Value.EnumerateObject())
            {
                if (operation.Value.ValueKind != JsonValueKind.Object || Text(operation.Value, "x-kubernetes-action") is not { } action) continue;
                var gvk = operation.Value.GetProperty("x-kubernetes-group-version-kind");
                var kind = (gvk.GetProperty("group").GetString()!, gvk.GetProperty("version").GetString()!, gvk.GetProperty("kind").GetString()!);
                var key = (group, version, resource, sub);
                if ((group, version) is ("flowcontrol.apiserver.k8s.io", "v1beta3") or ("admissionregistration.k8s.io", "v1beta1"))
                {
                    key = (group, "v1", resource, sub);
                    kind = (kind.Item1, "v1", kind.Item3);
                }

                if (!verbs.TryGetValue(key, out var entry)) entry = (false, new SortedSet<string>(StringComparer.Ordinal), kind);
                entry.Namespaced |= namespaced;
                entry.Verbs.Add(action switch
                {
                    "post" => "create",
                    "put" => "update",
                    // The verb of a connection is that of its HTTP method.
                    "connect" => operation.Name switch { "post" => "create", "put" => "update", "head" or "options" => "get", _ => operation.Name },
                    _ => action,
                });
                if (action == "list" && resource != "componentstatuses") entry.Verbs.Add("watch");
                verbs[key] = entry;
            }
        }

        foreach (var (type, group, version, plural, namespaced, status) in Additions.Kinds)
        {
            var kind = (group, version, type[(type.LastIndexOf('.') + 1)..]);
            string[] all = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
            verbs[(group, version, plural, "")] = (namespaced, new SortedSet<string>(all, StringComparer.Ordinal), kind);
            if (status) verbs[(group, version, plural, "status")] = (namespaced, new SortedSet<string>(["get", "patch", "update"], StringComparer.Ordinal), kind);
        }

        Resources = [.. verbs
            .Where(e => e.Key.Sub.Length == 0 && kinds.Contains(e.Value.Kind))
            .OrderBy(e => e.Key.Group, StringComparer.Ordinal).ThenBy(e => e.Key.Version, StringComparer.Ordinal).ThenBy(e => e.Key.Resource, StringComparer.Ordinal)
            .Select(e => new ResourceModel
            {
                Gvk = e.Value.Kind,
                Plural = e.Key.Resource,
                Namespaced = e.Value.Namespaced,
                Verbs = [.. e.Value.Verbs],
                Subresources = [.. verbs
                    .Where(s => s.Key.Sub.Length > 0 && (s.Key.Group, s.Key.Version, s.Key.Resource) == (e.Key.Group, e.Key.Version, e.Key.Resource))
                    .OrderBy(s => s.Key.Sub, StringComparer.Ordinal)
                    .Select(s => new SubresourceModel(s.Key.Sub, s.Value.Kind, [.. s.Value.Verbs]))],
            })];
    }

    private static string? RefOf(JsonElement schema) => Text(schema, "$ref")?["#/definitions/".Length..];

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Full(string name)
    {
        if (name.StartsWith("meta.v1.", StringComparison.Ordinal)) return MetaPrefix + name[8..];
        if (name.StartsWith("apiextensions.v1.", StringComparison.Ordinal)) return "io.k8s.apiextensions-apiserver.pkg.apis." + name;
        return "io.k8s.api." + name;
    }

    public static string NamespaceOf(string definition)
    {
        var parts = definition.Split('.');
        if (parts[^2] == "version") return "ActorPlane.Api.Version";
        var group = parts[^3] switch
        {
            "admissionregistration" => "AdmissionRegistration",
            "apiextensions" => "ApiExtensions",
            "apiregistration" => "ApiRegistration",
            "flowcontrol" => "FlowControl",

            // Not "Node": inside ActorPlane.Api that name would hide the kind.
            "node" => "NodeGroup",
            var other => char.ToUpperInvariant(other[0]) + other[1..],
        };
        return $"ActorPlane.Api.{group}.{char.ToUpperInvariant(parts[^2][0])}{parts[^2][1..]}";
    }
}
