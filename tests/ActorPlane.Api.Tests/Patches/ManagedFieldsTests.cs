using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api.Tests;

public sealed class ManagedFieldsTests
{
    private static readonly Timestamp Then = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Timestamp Now = new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_object_without_owners_gets_none_by_an_update()
    {
        var live = JsonCodec.ToTree(new ConfigMap { Metadata = new() { Name = "m" } });

        Assert.True(ManagedFields.Update(ValueList<ManagedFieldsEntry>.Empty, live, WithData(live, "a", "1"), ConfigMap.Descriptor, Write("kubectl", Now)).IsEmpty);
    }

    [Fact]
    public void An_owner_that_changes_a_value_of_its_own_has_written_now()
    {
        var first = WithData(JsonCodec.ToTree(new ConfigMap { Metadata = new() { Name = "m" } }), "a", "1");
        var owners = ManagedFields.Update(ValueList<ManagedFieldsEntry>.Empty, null, first, ConfigMap.Descriptor, Write("kubectl", Then));

        var unchanged = ManagedFields.Update(owners, first, first, ConfigMap.Descriptor, Write("kubectl", Now));
        var changed = ManagedFields.Update(owners, first, WithData(first, "a", "2"), ConfigMap.Descriptor, Write("kubectl", Now));

        Assert.Equal(owners, unchanged);
        Assert.Equal(Now, Assert.Single(changed).Time);
        Assert.Equal(owners[0].FieldsV1, changed[0].FieldsV1);
    }

    [Fact]
    public void An_apply_that_changes_nothing_but_the_owners_has_no_time()
    {
        var live = WithData(JsonCodec.ToTree(new ConfigMap { Metadata = new() { Name = "m" } }), "a", "1");
        var owners = ManagedFields.Update(ValueList<ManagedFieldsEntry>.Empty, null, live, ConfigMap.Descriptor, Write("kubectl", Then));

        var shared = ServerSideApply.Apply(owners, live, WithData(Header(), "a", "1"), ConfigMap.Descriptor, Write("other", Now), force: false);

        Assert.Null(shared.Conflict);
        Assert.Equal(["other Apply ", "kubectl Update 2026-01-01T00:00:00Z"], shared.ManagedFields.Select(entry => $"{entry.Manager} {entry.Operation} {entry.Time}"));
    }

    [Fact]
    public void A_write_of_the_status_takes_nothing_from_those_who_own_the_spec_that_it_leaves_out()
    {
        var live = JsonCodec.ToTree(new Deployment { Metadata = new() { Name = "web" }, Spec = new DeploymentSpec { Replicas = 3 } });
        var owners = ManagedFields.Update(ValueList<ManagedFieldsEntry>.Empty, null, live, Deployment.Descriptor, Write("kubectl", Then, "apps/v1"));
        var status = JsonCodec.ToTree(new Deployment { Metadata = new() { Name = "web" }, Status = new DeploymentStatus { Replicas = 3 } });

        var after = ManagedFields.Update(
            owners, live, status, Deployment.Descriptor, new FieldWrite("controller", "apps/v1", Now, "status") { Ignored = ["spec"] });

        Assert.Equal(owners[0], after[0]);
        Assert.Equal("""{"f:status":{"f:replicas":{}}}""", after[1].FieldsV1!.ToString());
    }

    [Fact]
    public void Other_replicas_by_the_subresource_scale_are_owned_alone_and_without_a_time()
    {
        var live = JsonCodec.ToTree(new Deployment { Metadata = new() { Name = "web" }, Spec = new DeploymentSpec { Replicas = 3, Paused = true } });
        var owners = ManagedFields.Update(ValueList<ManagedFieldsEntry>.Empty, null, live, Deployment.Descriptor, Write("kubectl", Then, "apps/v1"));
        var write = new FieldWrite("scaler", "apps/v1", Now, "scale");

        var scaled = ManagedFields.Scale(owners, "spec.replicas", isNew: true, write);

        Assert.Equal(owners, ManagedFields.Scale(owners, "spec.replicas", isNew: false, write));
        Assert.Equal(["scaler scale ", "kubectl  2026-01-01T00:00:00Z"], scaled.Select(entry => $"{entry.Manager} {entry.Subresource} {entry.Time}"));
        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", scaled[0].FieldsV1!.ToString());
        Assert.False(FieldSet.FromJson(scaled[1].FieldsV1).Has("f:spec", "f:replicas"));
    }

    [Fact]
    public void An_owner_in_another_version_loses_what_changes_by_the_name_that_it_has_there()
    {
        var owners = (ValueList<ManagedFieldsEntry>)
        [
            new ManagedFieldsEntry
            {
                Manager = "old", Operation = "Update", ApiVersion = "v0", Time = Then, FieldsType = "FieldsV1",
                FieldsV1 = JsonValue.Parse("""{"f:binaryData":{"f:a":{},"f:b":{}}}"""),
            },
            new ManagedFieldsEntry
            {
                Manager = "gone", Operation = "Update", ApiVersion = "v00", Time = Then, FieldsType = "FieldsV1", FieldsV1 = JsonValue.Parse("""{"f:x":{}}"""),
            },
        ];
        var live = WithData(WithData(Header(), "a", "1"), "b", "1");
        var write = Write("new", Now) with
        {
            // In v0 the data had another name.
            InVersion = static (tree, version) => version == "v0" ? (tree.Without("data").With("binaryData", tree["data"]!), (ValueSchema)ConfigMap.Descriptor) : null,
        };

        var after = ManagedFields.Update(owners, live, WithData(live, "a", "2"), ConfigMap.Descriptor, write);

        Assert.Equal(["old {\"f:binaryData\":{\"f:b\":{}}}", "new {\"f:data\":{\"f:a\":{}}}"], after.Select(entry => $"{entry.Manager} {entry.FieldsV1}"));
    }

    [Fact]
    public void Kubectl_takes_over_what_it_applied_on_the_clients_side_and_renews_the_annotation()
    {
        const string Name = "kubectl.kubernetes.io/last-applied-configuration";
        var applied = WithData(Header(), "a", "1");
        var live = WithData(Header().With("metadata", JsonValue.Object(
            ("name", JsonValue.Of("m")), ("annotations", JsonValue.Object((Name, JsonValue.Of(applied + "\n")))))), "a", "1");
        var owners = ManagedFields.Update(ValueList<ManagedFieldsEntry>.Empty, null, live, ConfigMap.Descriptor, Write("kubectl-client-side-apply", Then));
        var config = WithData(Header(), "a", "<2>");

        var taken = ServerSideApply.Apply(owners, live, config, ConfigMap.Descriptor, Write("kubectl", Now), force: false);
        var refused = ServerSideApply.Apply(owners, live, config, ConfigMap.Descriptor, Write("other", Now), force: false);
        var changedSince = ServerSideApply.Apply(owners, WithData(live, "a", "3"), config, ConfigMap.Descriptor, Write("kubectl", Now), force: false);

        Assert.Null(taken.Conflict);
        Assert.Equal("<2>", taken.Object.At("data", "a")!.AsString);
        Assert.Equal(
            """{"apiVersion":"v1","data":{"a":"\u003c2\u003e"},"kind":"ConfigMap","metadata":{"name":"m"}}""" + "\n",
            taken.Object.At("metadata", "annotations", Name)!.AsString);
        Assert.Equal("""Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using v1: .data.a""", refused.Conflict!.Message);
        Assert.NotNull(changedSince.Conflict);
    }

    private static JsonValue Header() =>
        JsonValue.Parse("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m"}}""");

    private static JsonValue WithData(JsonValue tree, string name, string value) =>
        tree.With("data", (tree["data"] ?? JsonValue.EmptyObject).With(name, JsonValue.Of(value)));

    private static FieldWrite Write(string manager, Timestamp time, string version = "v1") => new(manager, version, time);
}
