using System.Runtime.CompilerServices;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.ApiServer;
using ActorPlane.Host.Http;
using ActorPlane.Host.Tests.Fuzz;

namespace ActorPlane.Host.Tests.Http;

public sealed class SnapshotHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_oldest_are_forgotten()
    {
        var history = new SnapshotHistory(2, TimeSpan.FromMinutes(5));
        for (var revision = 1; revision <= 3; revision++) history.Keep(At(revision), Start);
        Assert.Equal([null, 2, 3], Enumerable.Range(1, 3).Select(revision => history.At(revision)?.Revision));

        history.Keep(At(4), Start.AddMinutes(6));
        Assert.Equal([null, null, null, 4], Enumerable.Range(1, 4).Select(revision => history.At(revision)?.Revision));
    }

    [Fact]
    public void One_that_is_still_the_newest_after_its_time_is_kept_anew()
    {
        var history = new SnapshotHistory(2, TimeSpan.FromMinutes(5));
        history.Keep(At(1), Start);
        history.Keep(At(1), Start.AddMinutes(6));
        Assert.NotNull(history.At(1));
    }

    [Fact]
    public void What_was_served_is_not_kept_with_the_objects()
    {
        var history = new SnapshotHistory(64, TimeSpan.FromMinutes(5));
        var served = KeepOne(history);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(served.IsAlive);
        Assert.NotNull(history.At(7));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference KeepOne(SnapshotHistory history)
    {
        var definition = (CustomResourceDefinition)JsonCodec.Decode(CustomResourceDefinition.Descriptor, Encoding.UTF8.GetBytes(FuzzTarget.WidgetDefinition), strict: true, out _);
        var established = new CustomResourceDefinitionCondition { Type = "Established", Status = "True" };
        var registry = ResourceRegistry.BuiltIn.With(definition with { Status = definition.Status with { Conditions = [established] } });
        Assert.NotSame(ResourceRegistry.BuiltIn, registry);
        history.Keep(At(7) with { Registry = registry }, Start);
        return new WeakReference(registry);
    }

    private static ApiServerSnapshot At(long revision) => ApiServerSnapshot.Empty with { Revision = revision };
}
