using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>Custom resources as kubectl sees them, from their definition to its end.</summary>
[Collection(HttpCollection.Name)]
public sealed class CustomResourceTests(HttpFixture cluster)
{
    [KubectlFact]
    public async Task A_definition_is_established_served_and_taken_away_with_its_objects()
    {
        var kubectl = await InNamespace("crd-life");
        var definition = Definition("crontabs", "CronTab", "life.example.com");
        Assert.Equal("customresourcedefinition.apiextensions.k8s.io/crontabs.life.example.com created", await kubectl.Run("create -f -", definition));
        Assert.Equal(
            "customresourcedefinition.apiextensions.k8s.io/crontabs.life.example.com condition met",
            await kubectl.Run("wait --for=condition=Established crd/crontabs.life.example.com --timeout=50s"));
        Assert.Equal("NoConflicts InitialNamesAccepted", await kubectl.Run("get crd crontabs.life.example.com -o jsonpath={.status.conditions[*].reason}"));

        Assert.Equal("crontab.life.example.com/one created", await kubectl.Run("apply -f -", CronTab("life.example.com", "one")));
        Assert.Equal("busybox 1 1", await kubectl.Run("get crontabs one -o jsonpath={.spec.image}\u00a0{.spec.replicas}\u00a0{.metadata.generation}"));
        Assert.Contains("strict decoding error: unknown field \"spec.nope\"", await kubectl.Fails("create -f -", CronTab("life.example.com", "two") + "  nope: 1\n"));

        // A finalizer holds an object, and that its definition; who sees to it sets both free.
        await kubectl.Run("patch crontabs one --type=merge -p {\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}");
        await kubectl.Run("delete crd crontabs.life.example.com --wait=false");
        await kubectl.Run("wait crd/crontabs.life.example.com --for=jsonpath={.status.conditions[?(@.type==\"Terminating\")].reason}=InstanceDeletionInProgress --timeout=50s");
        Assert.Contains("create not allowed while custom resource definition is terminating", await kubectl.Fails("create --validate=false -f -", CronTab("life.example.com", "late")));
        await kubectl.Run("patch crontabs one --type=merge -p {\"metadata\":{\"finalizers\":null}}");
        await kubectl.Run("wait crd/crontabs.life.example.com --for=delete --timeout=50s");
        Assert.Contains("the server could not find the requested resource", await kubectl.Fails("get crontabs"));
        Assert.DoesNotContain("life.example.com", await kubectl.Run("api-versions"));

        await kubectl.Run("create -f -", definition);
        await kubectl.Run("wait --for=condition=Established crd/crontabs.life.example.com --timeout=50s");
        Assert.Equal("", await kubectl.Run("get crontabs -o name"));
        await kubectl.Run("delete crd crontabs.life.example.com --timeout=50s");
    }

    [KubectlFact]
    public async Task Columns_short_names_categories_scale_and_explanations_come_from_the_definition()
    {
        var kubectl = await InNamespace("crd-view");
        await Establish(kubectl, "databases.view.example.com", Databases("view.example.com"));
        await kubectl.Run("apply -f -", Database("view.example.com", "one"));

        var row = (await kubectl.Run("get vdb --no-headers")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["one", "pg", "2"], row[..3]);
        Assert.Contains("LABELS", await kubectl.Run("get vdb -o wide"));
        Assert.Contains("{\"app\":\"x\"}", await kubectl.Run("get vdb -o wide"));
        Assert.StartsWith("one", await kubectl.Run("get viewdata --no-headers"));
        Assert.Equal("database.view.example.com/one", await kubectl.Run("get databases --field-selector spec.engine=pg -o name"));
        Assert.Contains("field label not supported: spec.size", await kubectl.Fails("get databases --field-selector spec.size=2"));

        Assert.Equal("database.view.example.com/one scaled", await kubectl.Run("scale vdb/one --replicas=3"));
        Assert.Equal("3 2", await kubectl.Run("get vdb one -o jsonpath={.spec.size}\u00a0{.metadata.generation}"));
        await kubectl.Run("patch vdb one --subresource=status --type=merge -p {\"spec\":{\"size\":9},\"status\":{\"ready\":\"yes\",\"replicas\":3}}");
        Assert.Equal("3 2 yes", await kubectl.Run("get vdb one -o jsonpath={.spec.size}\u00a0{.metadata.generation}\u00a0{.status.ready}"));
        Assert.Equal("database.view.example.com/one condition met", await kubectl.Run("wait vdb/one --for=jsonpath={.status.ready}=yes --timeout=30s"));

        Assert.Contains("What stores rows", await kubectl.Run("explain vdb"));
        Assert.Contains("How many of it", await kubectl.Run("explain vdb.spec.size"));
        Assert.Contains("Engine:  pg", await kubectl.Run("describe vdb one"));
        var (_, output, error) = await kubectl.Try("get databases.v1beta1.view.example.com one -o jsonpath={.apiVersion}");
        Assert.Equal(("view.example.com/v1beta1", "Warning: view.example.com/v1beta1 Database is deprecated\n"), (output, error));
        Assert.Contains("the server doesn't have a resource type", await kubectl.Fails("get databases.v1alpha1.view.example.com"));
        await kubectl.Run("delete crd databases.view.example.com --timeout=50s");
    }

    [KubectlFact]
    public async Task Objects_are_applied_edited_and_patched_and_what_is_wrong_is_said()
    {
        var kubectl = await InNamespace("crd-write");
        await Establish(kubectl, "databases.write.example.com", Databases("write.example.com"));
        var one = Database("write.example.com", "one");
        Assert.Equal("database.write.example.com/one created", await kubectl.Run("apply -f -", one));
        Assert.Equal("database.write.example.com/one unchanged", await kubectl.Run("apply -f -", one));
        Assert.Equal("database.write.example.com/one configured", await kubectl.Run("apply -f -", one.Replace("size: 2", "size: 4", StringComparison.Ordinal)));
        Assert.Equal("database.write.example.com/one edited", await kubectl.Run("edit databases one", editor: "sed -i s/size:.4/size:\\ 5/"));
        Assert.Equal("5", await kubectl.Run("get databases one -o jsonpath={.spec.size}"));
        Assert.Equal("database.write.example.com/one labeled", await kubectl.Run("label databases one a=b"));
        Assert.Equal("3", await kubectl.Run("get databases one -o jsonpath={.metadata.generation}"));

        var ports = one.Replace("name: one", "name: two", StringComparison.Ordinal);
        Assert.Equal("database.write.example.com/two serverside-applied", await kubectl.Run("apply --server-side -f -", ports));
        Assert.Equal("database.write.example.com/two serverside-applied", await kubectl.Run("apply --server-side --field-manager=other -f -", ports.Replace("name: a", "name: b", StringComparison.Ordinal)));
        Assert.Equal("2", await kubectl.Run("get databases two -o go-template={{len\u00a0.spec.ports}}"));
        Assert.Contains("conflicts with \"kubectl\":\n- .spec.size", await kubectl.Fails("apply --server-side --field-manager=third -f -", ports.Replace("size: 2", "size: 3", StringComparison.Ordinal)));
        Assert.Contains(".spec.ports[name=\"a\"].nope: field not declared in schema", await kubectl.Fails("apply --server-side -f -", ports.Replace("port: 1", "nope: 1", StringComparison.Ordinal)));

        Assert.Contains("is not supported by write.example.com/v1, Kind=Database", await kubectl.Fails("patch databases one -p {\"spec\":{\"size\":1}}"));
        Assert.Contains("spec.size: Invalid value: -1: spec.size in body should be greater than or equal to 0", await kubectl.Fails("patch databases one --type=merge -p {\"spec\":{\"size\":-1}}"));
        Assert.Contains("spec.engine: Unsupported value: \"xx\": supported values: \"pg\", \"my\"", await kubectl.Fails("create -f -", one.Replace("engine: pg", "engine: xx", StringComparison.Ordinal).Replace("name: one", "name: bad", StringComparison.Ordinal)));
        var (_, created, warning) = await kubectl.Try("create --validate=warn -f -", one.Replace("name: one", "name: lax", StringComparison.Ordinal) + "  nope: 1\n");
        Assert.Equal(("database.write.example.com/lax created\n", "Warning: unknown field \"spec.nope\"\n"), (created, warning));
        Assert.Equal("", await kubectl.Run("get databases lax -o jsonpath={.spec.nope}"));
        Assert.Equal(3, (await kubectl.Run("delete databases --all")).Split('\n').Length);
        await kubectl.Run("delete crd databases.write.example.com --timeout=50s");
    }

    [KubectlFact]
    public async Task A_definition_that_breaks_the_rules_is_refused()
    {
        var kubectl = New();
        var definition = Definition("things", "Thing", "rules.example.com");
        Assert.Contains("metadata.name: Invalid value: \"things.rules.example.com\": must be spec.names.plural+\".\"+spec.group", await kubectl.Fails("create -f -", definition.Replace("plural: things", "plural: thing", StringComparison.Ordinal)));
        Assert.Contains("must have exactly one version marked as storage version", await kubectl.Fails("create -f -", definition.Replace("storage: true", "storage: false", StringComparison.Ordinal)));
        Assert.Contains(
            "spec.validation.openAPIV3Schema.properties[spec].properties[image].type: Required value: must not be empty for specified object fields",
            await kubectl.Fails("create -f -", definition.Replace("image: {type: string, default: busybox}", "image: {description: untyped}", StringComparison.Ordinal)));
    }

    private static async Task Establish(Kubectl kubectl, string name, string definition)
    {
        Assert.Equal($"customresourcedefinition.apiextensions.k8s.io/{name} created", await kubectl.Run("create -f -", definition));
        await kubectl.Run($"wait --for=condition=Established crd/{name} --timeout=50s");
    }

    private static string Database(string group, string name) => $$"""
        apiVersion: {{group}}/v1
        kind: Database
        metadata:
          name: {{name}}
          labels: {app: x}
        spec:
          engine: pg
          size: 2
          ports: [{name: a, port: 1}]

        """;

    // Of three versions: an old one, one that is no longer served, and the one that is stored.
    private static string Databases(string group) => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: databases.{{group}}}
        spec:
          group: {{group}}
          scope: Namespaced
          names: {plural: databases, kind: Database, shortNames: [{{group[0]}}db], categories: [{{group.Split('.')[0]}}data]}
          versions:
          - name: v1beta1
            served: true
            storage: false
            deprecated: true
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true} }
          - name: v1alpha1
            served: false
            storage: false
            schema: {openAPIV3Schema: {type: object} }
          - name: v1
            served: true
            storage: true
            selectableFields: [{jsonPath: .spec.engine}]
            additionalPrinterColumns:
            - {name: Engine, type: string, jsonPath: .spec.engine}
            - {name: Size, type: integer, jsonPath: .spec.size}
            - {name: Labels, type: string, jsonPath: .metadata.labels, priority: 1}
            subresources:
              status: {}
              scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.replicas}
            schema:
              openAPIV3Schema:
                type: object
                description: What stores rows.
                properties:
                  spec:
                    type: object
                    required: [engine]
                    properties:
                      engine: {type: string, enum: [pg, my]}
                      size: {type: integer, minimum: 0, default: 1, description: How many of it.}
                      ports:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [name]
                        items:
                          type: object
                          required: [name]
                          properties: {name: {type: string}, port: {type: integer} }
                  status: {type: object, x-kubernetes-preserve-unknown-fields: true}
        """;

    private static string CronTab(string group, string name) => $$"""
        apiVersion: {{group}}/v1
        kind: CronTab
        metadata: {name: {{name}}}
        spec:
          cronSpec: "* * * * *"

        """;

    private static string Definition(string plural, string kind, string group) => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: {{plural}}.{{group}}}
        spec:
          group: {{group}}
          scope: Namespaced
          names: {plural: {{plural}}, singular: {{kind.ToLowerInvariant()}}, kind: {{kind}}}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    required: [cronSpec]
                    properties:
                      cronSpec: {type: string}
                      image: {type: string, default: busybox}
                      replicas: {type: integer, minimum: 0, default: 1}
        """;

    private Kubectl New(string @namespace = "default") => new(cluster.Kubeconfig, @namespace);

    private async Task<Kubectl> InNamespace(string name)
    {
        Assert.Equal($"namespace/{name} created", await New().Run("create namespace " + name));
        return New(name);
    }
}
