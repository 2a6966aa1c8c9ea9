using System.Text;
using ActorPlane.Api;

namespace ActorPlane.Host.Tests.Fuzz;

/// <summary>Draws objects: after a schema, after good examples, and damaged ones.</summary>
internal sealed class FuzzObjects(Random random)
{
    private const int Depth = 7;

    private static readonly string[] Texts =
    [
        "", "a", "f", "g", "web", "default", "10Gi", "100m", "-1", "0", "1e3", "25%", "nginx:1", "Always", "Never", "ClusterIP", "TCP", "http", "/a/b", "*", "k8s.io/x", "A_b",
        "2020-01-01T00:00:00Z", "not-a-time", "\0", "\u001b[31m", "\ud83d\udca5", "a b", "../..", "{{x}}", "$patch", "10.0.0.1", "::1", "system:masters", "x=y,z",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-1", "1", "80", "65536", "2147483648", "9223372036854775807", "99999999999999999999", "-0", "1.5", "1e3", "1e300", "1e-300", "1E400", "[]", "{}", "[[]]",
        "{\"a\":{\"b\":[1,\"c\"]}}", "\"\"", "\"1Gi\"", "\"\\u0000\"",
    ];

    private static readonly string[] Directives = ["$patch", "$retainKeys", "$setElementOrder/containers", "$setElementOrder/env", "$deleteFromPrimitiveList/finalizers", "$x", ""];

    private static readonly Dictionary<string, JsonValue> Examples = ExampleText().ToDictionary(pair => pair.Kind, pair => JsonValue.Parse(pair.Json));

    /// <summary>A whole object of a kind: a good one, mostly, with some fields drawn anew.</summary>
    public JsonValue Whole(GroupVersionKind kind, ValueSchema? schema, string name)
    {
        var item = Examples.TryGetValue(kind.Kind, out var example) ? example : schema is null ? JsonValue.EmptyObject : Draw(schema, 4);
        if (!item.IsObject) item = JsonValue.EmptyObject;
        item = item.With("apiVersion", JsonValue.Of(kind.ApiVersion)).With("kind", JsonValue.Of(kind.Kind));
        item = item.With("metadata", (example?["metadata"] ?? JsonValue.EmptyObject).With("name", JsonValue.Of(name)));
        for (var i = random.Next(4); i > 0; i--) item = Changed(item, schema, 0);
        return item;
    }

    /// <summary>A value after its schema, its numbers, texts and lengths drawn without knowing what they mean.</summary>
    public JsonValue Draw(ValueSchema schema, int depth) => schema.Kind switch
    {
        _ when random.Next(30) == 0 => JsonValue.Parse(Pick(Scalars)),
        SchemaKind.String or SchemaKind.Quantity or SchemaKind.Timestamp or SchemaKind.MicroTimestamp => JsonValue.Of(Text()),
        SchemaKind.Int32 or SchemaKind.Int64 => JsonValue.Of(Pick(0L, 1, 2, 3, -1, 80, 65536, int.MaxValue, long.MaxValue)),
        SchemaKind.Bool => JsonValue.Of(random.Next(2) == 0),
        SchemaKind.Double => JsonValue.Of(random.NextDouble()),
        SchemaKind.Bytes => JsonValue.Of(Pick("", "YQ==", "a", "////")),
        SchemaKind.IntOrString => random.Next(2) == 0 ? JsonValue.Of(random.Next(-1, 100)) : JsonValue.Of(Text()),
        SchemaKind.List => JsonValue.Array(Enumerable.Range(0, depth <= 0 ? 0 : random.Next(3)).Select(_ => Draw(schema.Element!, depth - 1))),
        SchemaKind.Map => JsonValue.Object(Enumerable.Range(0, depth <= 0 ? 0 : random.Next(3)).Select(i => new JsonMember(i == 0 ? Text() : $"k{i}", Draw(schema.Element!, depth - 1)))),
        SchemaKind.Message => JsonValue.Object(Some(schema, depth).Select(field => new JsonMember(field.JsonName, Draw(field.Value, depth - 1)))),
        _ => JsonValue.Parse(Pick(Scalars)),
    };

    /// <summary>The value with one place in it changed.</summary>
    public JsonValue Changed(JsonValue value, ValueSchema? schema, int depth)
    {
        if (value.IsArray && value.Items.Length > 0 && random.Next(5) > 0)
        {
            var items = value.Items.ToArray();
            var at = random.Next(items.Length);
            if (random.Next(6) == 0) return JsonValue.Array([.. items, items[at]]);
            items[at] = Changed(items[at], schema?.Element, depth + 1);
            return JsonValue.Array(items);
        }

        if (!value.IsObject || depth > Depth || random.Next(12) == 0) return schema is null || random.Next(3) == 0 ? JsonValue.Parse(Pick(Scalars)) : Draw(schema, 3);
        if (schema is { Fields.Count: > 0 } && random.Next(3) == 0)
        {
            var field = schema.Fields[random.Next(schema.Fields.Count)];
            return value.With(field.JsonName, Draw(field.Value, 3));
        }

        if (random.Next(12) == 0) return value.With(Pick(Directives), JsonValue.Parse(Pick(Scalars)));
        if (value.Members.Length == 0) return value;
        var (name, inner) = value.Members[random.Next(value.Members.Length)];
        return random.Next(10) switch
        {
            0 => value.Without(name),
            1 => value.With(name, JsonValue.Null),
            2 => value.With(name + "x", inner),
            _ => value.With(name, Changed(inner, schema?.Find(name)?.Value ?? schema?.Element, depth + 1)),
        };
    }

    /// <summary>Bytes with some of them broken.</summary>
    public byte[] Damaged(byte[] bytes)
    {
        var list = new List<byte>(bytes);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(list.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < list.Count: list[at] = (byte)random.Next(256); break;
                case 1 when at < list.Count: list.RemoveAt(at); break;
                case 2: list.Insert(at, (byte)random.Next(256)); break;
                case 3: list.RemoveRange(at, list.Count - at); break;
                case 4: list.InsertRange(at, list.GetRange(at / 2, Math.Min(at - (at / 2), 50))); break;
                default: list.InsertRange(at, Pick<byte[]>([0xff, 0xfe], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0], "{\"a\":"u8.ToArray(), "[["u8.ToArray(), "\"\\ud800\""u8.ToArray(), "&a [*a]"u8.ToArray())); break;
            }
        }

        return [.. list];
    }

    /// <summary>Operations of a JSON patch on an object.</summary>
    public JsonValue Operations(JsonValue on) => JsonValue.Array(Enumerable.Range(0, random.Next(4)).Select(_ =>
    {
        var operation = JsonValue.Object(("op", JsonValue.Of(Pick("add", "add", "remove", "replace", "replace", "test", "move", "copy", "zz"))), ("path", JsonValue.Of(Pointer(on))));
        if (random.Next(3) > 0) operation = operation.With("value", JsonValue.Parse(Pick(Scalars)));
        if (random.Next(3) == 0) operation = operation.With("from", JsonValue.Of(Pointer(on)));
        return random.Next(30) == 0 ? JsonValue.Parse(Pick(Scalars)) : operation;
    }));

    /// <summary>A word, usual or unusual.</summary>
    public string Text() => random.Next(40) == 0 ? new string(Pick('a', 'é', '9'), Pick(63, 64, 253, 254, 5000)) : Pick(Texts);

    /// <summary>One of them.</summary>
    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    private IEnumerable<FieldSchema> Some(ValueSchema schema, int depth)
    {
        if (depth <= 0 || schema.Fields.Count == 0) yield break;
        for (var i = random.Next(1, 4); i > 0; i--) yield return schema.Fields[random.Next(schema.Fields.Count)];
    }

    private string Pointer(JsonValue on)
    {
        var path = new StringBuilder();
        while (random.Next(5) > 0)
        {
            if (on.IsObject && on.Members.Length > 0)
            {
                var (name, value) = on.Members[random.Next(on.Members.Length)];
                path.Append('/').Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
                on = value;
            }
            else if (on.IsArray && on.Items.Length > 0)
            {
                var at = random.Next(on.Items.Length);
                path.Append('/').Append(Pick($"{at}", "-", "-1", "99", "01"));
                on = on.Items[at];
            }
            else
            {
                break;
            }
        }

        return random.Next(15) == 0 ? Pick("", "x", "/", "//", "/~2", "/~", "/metadata/resourceVersion") : path.ToString();
    }

    private static IEnumerable<(string Kind, string Json)> ExampleText()
    {
        const string PodSpec = """
            {"containers":[{"name":"c","image":"nginx","ports":[{"containerPort":80,"name":"http"}],"env":[{"name":"A","value":"b"}],
             "resources":{"limits":{"cpu":"100m","memory":"10Mi"}}}],"tolerations":[{"key":"a","operator":"Exists"}],"terminationGracePeriodSeconds":0}
            """;
        const string Template = $$$"""{"metadata":{"labels":{"app":"f"}},"spec":{{{PodSpec}}}}""";
        const string Selector = """{"matchLabels":{"app":"f"}}""";
        yield return ("Pod", $$$$$$"""{"metadata":{"labels":{"app":"f"},"annotations":{"a":"b"}},"spec":{{{{{{PodSpec}}}}}}}""");
        yield return ("Deployment", $$$$$$"""{"spec":{"replicas":1,"selector":{{{{{{Selector}}}}}},"template":{{{{{{Template}}}}}},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":"25%"}}}}""");
        yield return ("ReplicaSet", $$$$$$"""{"spec":{"replicas":1,"selector":{{{{{{Selector}}}}}},"template":{{{{{{Template}}}}}}}}""");
        yield return ("StatefulSet", $$$$$$"""{"spec":{"replicas":1,"serviceName":"s","selector":{{{{{{Selector}}}}}},"template":{{{{{{Template}}}}}}}}""");
        yield return ("DaemonSet", $$$$$$"""{"spec":{"selector":{{{{{{Selector}}}}}},"template":{{{{{{Template}}}}}}}}""");
        yield return ("ReplicationController", $$$$$$"""{"spec":{"replicas":1,"selector":{"app":"f"},"template":{{{{{{Template}}}}}}}}""");
        yield return ("Job", $$$$$$"""{"spec":{"template":{{{{{{Template.Replace("\"containers\"", "\"restartPolicy\":\"Never\",\"containers\"", StringComparison.Ordinal)}}}}}}}}""");
        yield return ("CronJob", $$$$$$"""{"spec":{"schedule":"0 0 * * *","jobTemplate":{"spec":{"template":{{{{{{Template.Replace("\"containers\"", "\"restartPolicy\":\"Never\",\"containers\"", StringComparison.Ordinal)}}}}}}}}}}""");
        yield return ("Service", """{"spec":{"selector":{"app":"f"},"ports":[{"port":80,"name":"http","targetPort":"http"}]}}""");
        yield return ("ConfigMap", """{"data":{"a":"b"},"binaryData":{"c":"YQ=="}}""");
        yield return ("Secret", """{"type":"Opaque","data":{"a":"YQ=="},"stringData":{"b":"c"}}""");
        yield return ("Namespace", "{}");
        yield return ("ServiceAccount", "{}");
        yield return ("Node", """{"spec":{"taints":[{"key":"a","effect":"NoSchedule"}]},"status":{"capacity":{"cpu":"1"}}}""");
        yield return ("LimitRange", """{"spec":{"limits":[{"type":"Container","default":{"cpu":"1"},"max":{"cpu":"2"}}]}}""");
        yield return ("ResourceQuota", """{"spec":{"hard":{"pods":"100","configmaps":"100"}}}""");
        yield return ("PersistentVolumeClaim", """{"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""");
        yield return ("PersistentVolume", """{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/a"}}}""");
        yield return ("HorizontalPodAutoscaler", """{"spec":{"minReplicas":1,"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"f"}}}""");
        yield return ("PodDisruptionBudget", $$$$$$"""{"spec":{"minAvailable":1,"selector":{{{{{{Selector}}}}}}}}""");
        yield return ("Ingress", """{"spec":{"rules":[{"host":"a.b","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"f","port":{"number":80}}}}]}}]}}""");
        yield return ("NetworkPolicy", """{"spec":{"podSelector":{},"policyTypes":["Ingress"],"ingress":[{"ports":[{"port":80}]}]}}""");
        yield return ("Role", """{"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}""");
        yield return ("ClusterRole", """{"rules":[{"nonResourceURLs":["/x"],"verbs":["get"]}]}""");
        yield return ("RoleBinding", """{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"f"},"subjects":[{"kind":"ServiceAccount","name":"a","namespace":"b"}]}""");
        yield return ("PriorityClass", """{"value":10}""");
        yield return ("StorageClass", """{"provisioner":"a.b/c"}""");
        yield return ("Lease", """{"spec":{"holderIdentity":"a","leaseDurationSeconds":10,"renewTime":"2020-01-01T00:00:00.000000Z"}}""");
        yield return ("Binding", """{"target":{"kind":"Node","name":"node-1"}}""");
        yield return ("Scale", """{"spec":{"replicas":1}}""");
        yield return ("CustomResourceDefinition", """
            {"spec":{"group":"f.example","scope":"Namespaced","names":{"plural":"fs","kind":"F"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"a":{"type":"string"}}}}}}}]}}
            """);
        yield return ("Widget", """{"spec":{"size":3,"mode":"on","parts":[{"name":"a","weight":1}],"labels":{"a":"b"}}}""");
    }
}
