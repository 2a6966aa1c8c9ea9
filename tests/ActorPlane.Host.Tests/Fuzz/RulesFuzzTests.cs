using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Tables;
using ActorPlane.ApiServer;
using Xunit.Abstractions;

namespace ActorPlane.Host.Tests.Fuzz;

/// <summary>
/// The rules of each built-in kind on drawn objects, without a server around them: so many more objects are met in a second.
/// ACTORPLANE_FUZZ_OBJECTS sets how many of each kind (100 unless set), ACTORPLANE_FUZZ_SEED which.
/// </summary>
public sealed class RulesFuzzTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ApiServerProtocol.WriteScope[] Scopes = Enum.GetValues<ApiServerProtocol.WriteScope>();

    [Fact]
    public void The_rules_of_no_kind_break_on_any_object()
    {
        var seed = FuzzSettings.Seed;
        output.WriteLine($"ACTORPLANE_FUZZ_SEED={seed}");
        var objects = new FuzzObjects(new Random(seed));
        var resources = new ResourceTable();
        var stored = 0;
        var broken = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var info in KubeTypes.Resources.Where(info => info.Gvk == info.StorageGvk && info.Allows("list")))
        {
            var type = resources.Find(info.GroupResource)!;
            IKubeObject? before = null;
            for (var i = 0; i < FuzzSettings.Objects; i++)
            {
                var json = objects.Whole(info.Gvk, info.Schema, "f");
                try
                {
                    if (Write(type, json, before, Scopes[i % Scopes.Length]) is not { } item) continue;
                    stored++;
                    if (before is null || i % 7 == 0) before = item;
                }
                catch (DecodeException)
                {
                    // Of the wrong form: answered with 400.
                }
                catch (Exception e)
                {
                    broken.TryAdd($"{info.GroupResource}: {e.GetType().Name} {e.StackTrace?.Split('\n')[0].Trim()}", $"{e.Message}\n{json}\nafter {(before is null ? "nothing" : JsonCodec.ToTree(before))}");
                }
            }
        }

        output.WriteLine($"{stored} objects got through");
        Assert.True(broken.Count == 0, $"seed {seed}: {string.Join("\n\n", broken.Take(20).Select(pair => $"{pair.Key}: {pair.Value}"))}");
        Assert.True(stored > KubeTypes.Resources.Count);
    }

    private static IKubeObject? Write(ResourceType type, JsonValue json, IKubeObject? before, ApiServerProtocol.WriteScope scope)
    {
        var item = (IKubeObject)JsonCodec.Decode(type.Info.Schema, json, strict: false, out _);
        item = item.WithMetadata(item.Metadata with { Name = "f", Namespace = type.IsNamespaced ? "default" : null, ResourceVersion = null });
        var context = new WriteContext(Now, new Chance(1), new OneNamespace(), new PodSpecMemo(), 300);
        var plan = before is null
            ? WritePlanner.Create(type, item, null, context)
            : WritePlanner.Update(type, item.WithMetadata(item.Metadata with { Uid = before.Metadata.Uid }), before, scope, Now, "fuzz", context);
        foreach (var warning in before is null ? ObjectWarnings.OnCreate(item) : ObjectWarnings.OnUpdate(item, before)) Assert.NotEmpty(warning);
        if (plan is not WritePlan.Store { Object: var stored }) return null;
        Assert.NotEmpty(TableSchemas.Of(type.Info).Cells(stored, Now));
        return stored;
    }

    private sealed class OneNamespace : IObjectReader
    {
        private static readonly Namespace Default = new() { Metadata = new ObjectMeta { Name = "default" }, Status = new NamespaceStatus { Phase = "Active" } };

        public IKubeObject? Find(string resource, string @namespace, string name) => (resource, name) == ("namespaces", "default") ? Default : null;

        public IEnumerable<IKubeObject> All(string resource) => resource == "namespaces" ? [Default] : [];
    }
}
