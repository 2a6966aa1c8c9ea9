using System.Text;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using FsCheck;
using FsCheck.Fluent;

namespace ActorPlane.Api.Tests;

public sealed class ServerSideApplyTests
{
    private static readonly Timestamp Now = Timestamp.Parse("2026-01-01T00:00:00Z");

    private static readonly JsonValue Web = JsonValue.Parse("""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"app":"web"}},
         "spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},
         "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"nginx","image":"nginx:1","ports":[{"containerPort":80}]}]}}}}
        """);

    [Fact]
    public void An_apply_owns_what_it_says_and_nothing_else()
    {
        var result = Apply([], null, Web, "ann");

        Assert.Null(result.Conflict);
        var entry = Assert.Single(result.ManagedFields);
        Assert.Equal(("ann", "Apply", "apps/v1", "FieldsV1"), (entry.Manager, entry.Operation, entry.ApiVersion, entry.FieldsType));
        Assert.Equal(
            """{"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:replicas":{},"f:selector":{},"f:template":{"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"nginx\"}":{".":{},"f:image":{},"f:name":{},"f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{}}}}}}}}}""",
            entry.FieldsV1!.ToString());
    }

    [Fact]
    public void A_field_that_is_no_longer_applied_goes_unless_another_owns_it()
    {
        var first = Apply([], null, Web, "ann");
        var labelled = JsonValue.Parse("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"app":"web"}},"spec":{"selector":{"matchLabels":{"app":"web"}}}}""");
        var second = Apply(first.ManagedFields, first.Object, labelled, "bob");
        var third = Apply(second.ManagedFields, second.Object, JsonValue.Parse("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"}}"""), "ann");

        Assert.Equal("web", third.Object.At("metadata", "labels", "app")!.AsString);
        Assert.Null(third.Object.At("spec", "replicas"));
        Assert.Equal("bob", Assert.Single(third.ManagedFields).Manager);
    }

    [Theory]
    [InlineData("a", "b", "a b")]
    [InlineData("a b c", "c a", "b c a")]
    [InlineData("a b c", "x c", "a b x c")]
    [InlineData("a b", "b x a", "b x a")]
    [InlineData("a b c d", "b d", "a b c d")]
    public void Elements_of_others_stay_in_front_and_what_both_have_takes_the_applied_order(string live, string applied, string merged)
    {
        static JsonValue Pod(string names)
        {
            var containers = names.Split(' ').Select(name => "{\"name\":\"" + name + "\"}");
            return JsonValue.Parse($$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"containers":[{{string.Join(',', containers)}}] } }""");
        }

        var result = Apply([], Pod(live), Pod(applied), "ann");

        Assert.Equal(merged, string.Join(' ', result.Object.At("spec", "containers")!.Items.ToArray().Select(item => item.At("name")!.AsString)));
    }

    [Fact]
    public void A_field_of_another_manager_is_a_conflict_until_it_is_forced()
    {
        var updated = Owned("kubectl-edit", Web);
        var config = JsonValue.Parse("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":5}}""");

        var refused = Apply(updated, Web, config, "ann");
        var forced = Apply(updated, Web, config, "ann", force: true);

        Assert.Equal("Apply failed with 1 conflict: conflict with \"kubectl-edit\" using apps/v1: .spec.replicas", refused.Conflict!.Message);
        Assert.Equal(409, refused.Conflict.Code);
        Assert.Equal(".spec.replicas", Assert.Single(refused.Conflict.Details!.Causes).Field);
        Assert.Equal(5, forced.Object.At("spec", "replicas")!.AsInt64);
        Assert.False(FieldSet.FromJson(forced.ManagedFields.Find(e => e.Operation == "Update")!.FieldsV1).Has("f:spec", "f:replicas"));
    }

    [Fact]
    public void Several_conflicts_are_listed_by_manager()
    {
        var config = JsonValue.Parse("""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},
             "spec":{"replicas":5,"template":{"spec":{"containers":[{"name":"nginx","image":"nginx:2"}]}}}}
            """);

        Assert.Equal(
            "Apply failed with 2 conflicts: conflicts with \"kubectl-edit\" using apps/v1:\n- .spec.replicas\n- .spec.template.spec.containers[name=\"nginx\"].image",
            Apply(Owned("kubectl-edit", Web), Web, config, "ann").Conflict!.Message);
    }

    [Fact]
    public void The_same_value_is_owned_by_both()
    {
        var result = Apply(Owned("kubectl-edit", Web), Web, Web, "ann");

        Assert.Null(result.Conflict);
        Assert.Equal(Web, result.Object);
        Assert.Equal(2, result.ManagedFields.Count);
    }

    [Fact]
    public void Elements_of_a_list_belong_to_those_who_added_them()
    {
        var first = Apply([], null, Pod("a"), "ann");
        var second = Apply(first.ManagedFields, first.Object, Pod("b"), "bob");
        var third = Apply(second.ManagedFields, second.Object, Pod("c"), "ann");

        Assert.Equal(["a", "b"], Names(second.Object).Order(StringComparer.Ordinal));
        Assert.Equal(["b", "c"], Names(third.Object).Order(StringComparer.Ordinal));
        static JsonValue Pod(string name) => JsonValue.Parse("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"NAME","image":"i"}]}}""".Replace("NAME", name, StringComparison.Ordinal));
        static IEnumerable<string> Names(JsonValue pod) => pod.At("spec", "containers")!.Items.ToArray().Select(c => c["name"]!.AsString!);
    }

    [Fact]
    public void What_was_there_before_the_first_apply_has_an_owner()
    {
        var config = JsonValue.Parse("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":5}}""");
        Assert.Equal(
            "Apply failed with 1 conflict: conflict with \"before-first-apply\" using apps/v1: .spec.replicas",
            Apply([], Web, config, "ann").Conflict!.Message);
    }

    [Fact]
    public void An_update_owns_what_it_changed()
    {
        var entries = Owned("creator", Web);
        var scaled = Web.With("spec", Web["spec"]!.With("replicas", JsonValue.Of(3)));

        var after = ManagedFields.Update(entries, Web, scaled, Deployment.Descriptor, new FieldWrite("scaler", "apps/v1", Now));

        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", after.Find(e => e.Manager == "scaler")!.FieldsV1!.ToString());
        Assert.False(FieldSet.FromJson(after.Find(e => e.Manager == "creator")!.FieldsV1).Has("f:spec", "f:replicas"));
    }

    [Fact]
    public void An_update_without_a_change_changes_no_entry()
    {
        var entries = Owned("creator", Web);
        Assert.Equal(entries, ManagedFields.Update(entries, Web, Web, Deployment.Descriptor, new FieldWrite("other", "apps/v1", Now + TimeSpan.FromHours(1))));
    }

    [Fact]
    public void Many_managers_of_updates_become_one()
    {
        var entries = ValueList<ManagedFieldsEntry>.Empty;
        JsonValue? map = null;
        for (var i = 0; i < 15; i++)
        {
            var old = map ?? JsonCodec.ToTree(new ConfigMap { Metadata = new() { Name = "m" } });
            var next = old.With("data", (old["data"] ?? JsonValue.EmptyObject).With($"k{i}", JsonValue.Of("v")));
            entries = ManagedFields.Update(entries, map, next, ConfigMap.Descriptor, new FieldWrite($"m{i:D2}", "v1", Now + TimeSpan.FromSeconds(i)));
            map = next;
        }

        Assert.Equal(ManagedFields.MostUpdateManagers, entries.Count);
        Assert.Equal("ancient-changes", entries[0].Manager);
        Assert.True(FieldSet.FromJson(entries[0].FieldsV1).Has("f:data", "f:k5"));
    }

    /// <summary>Recorded answers of a real server: objects that one manager created.</summary>
    [Theory]
    [InlineData("configmap-1.json")]
    [InlineData("serviceaccount-1.json")]
    public void Entries_of_a_created_object_are_those_of_a_real_server(string file)
    {
        var tree = JsonValue.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", file)));
        var recorded = tree.At("metadata", "managedFields")!.Items[0];
        var schema = KubeTypes.Schema(GroupVersionKind.From("v1", tree["kind"]!.AsString!))!;

        var entries = ManagedFields.Update([], null, tree, schema, new FieldWrite(recorded["manager"]!.AsString!, "v1", Now));

        Assert.Equal(recorded["fieldsV1"]!.ToString(), Assert.Single(entries).FieldsV1!.ToString());
    }

    [Fact]
    public void Sets_of_fields_obey_the_laws_of_sets()
    {
        var step = Gen.Elements("f:a", "f:b", "k:{\"name\":\"x\"}", "v:1");
        var path = step.NonEmptyListOf().Select(steps => steps.Take(3).ToArray());
        var set = path.ListOf().Select(paths =>
        {
            var result = FieldSet.Empty;
            foreach (var one in paths)
            {
                var json = JsonValue.EmptyObject;
                for (var i = one.Length - 1; i >= 0; i--) json = JsonValue.Object((one[i], json));
                result = result.Union(FieldSet.FromJson(json));
            }

            return result;
        });
        Property.Holds(set.Two(), pair =>
        {
            var (a, b) = pair;
            return FieldSet.FromJson(a.ToJson()).Equals(a)
                && a.Union(b).Equals(b.Union(a))
                && a.Except(b).Union(a.Intersection(b)).Equals(a)
                && a.Except(b).Intersection(b).IsEmpty
                && a.Union(b).Paths().ToHashSet(StringComparer.Ordinal).SetEquals(a.Paths().Concat(b.Paths()));
        });
    }

    private static ServerSideApply.Result Apply(ValueList<ManagedFieldsEntry> before, JsonValue? live, JsonValue config, string manager, bool force = false) =>
        ServerSideApply.Apply(
            before, live, config, KubeTypes.Schema(GroupVersionKind.From(config["apiVersion"]!.AsString!, config["kind"]!.AsString!))!,
            new FieldWrite(manager, config["apiVersion"]!.AsString!, Now), force);

    private static ValueList<ManagedFieldsEntry> Owned(string manager, JsonValue value) =>
        ManagedFields.Update([], null, value, Deployment.Descriptor, new FieldWrite(manager, "apps/v1", Now));
}
