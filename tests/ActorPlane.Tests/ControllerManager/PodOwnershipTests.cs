using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.ControllerManager.ReplicaSets;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class PodOwnershipTests
{
    private readonly PodOwnership _ownership = new();

    [Fact]
    public void Pods_are_found_by_their_controller()
    {
        var (first, second) = (Set("first"), Set("second"));
        _ownership.Set(Pod("p", owner: first));
        _ownership.Set(Pod("q", owner: second));
        Assert.Equal(1, _ownership.PodsOf("uid-first").Count);
        _ownership.Forget(Pod("p", owner: first));
        Assert.Equal(0, _ownership.PodsOf("uid-first").Count);
        Assert.Equal(1, _ownership.PodsOf("uid-second").Count);
    }

    [Fact]
    public void Pods_of_controllers_of_another_kind_do_not_count_and_are_not_adopted()
    {
        var ownership = new PodOwnership("ReplicationController");
        var set = Set("web");
        ownership.SetSelector(set, set.Spec.Selector);
        ownership.Set(Pod("p"));
        ownership.Set(Pod("p", owner: set));
        Assert.Equal(0, ownership.PodsOf("uid-web").Count);
        Assert.Empty(ownership.PodsToAdopt(set));
    }

    [Fact]
    public void A_pod_without_a_controller_is_adopted_by_the_set_that_selects_it()
    {
        var set = Set("web");
        _ownership.SetSelector(set, set.Spec.Selector);
        var other = Set("other", labels: Labels(("app", "other")));
        _ownership.SetSelector(other, other.Spec.Selector);
        var orphan = Pod("p");
        _ownership.Set(orphan);
        _ownership.Set(Pod("q", deleting: true));
        _ownership.Set(Pod("r", labels: Labels(("app", "none"))));
        Assert.Equal([new NamespacedName("default", "web")], _ownership.SetsThatWant(orphan));
        Assert.Equal([orphan], _ownership.PodsToAdopt(set));
        _ownership.Set(Pod("p", owner: set));
        Assert.Empty(_ownership.PodsToAdopt(set));
    }

    [Fact]
    public void A_pod_that_is_no_longer_selected_is_released()
    {
        var set = Set("web");
        _ownership.SetSelector(set, set.Spec.Selector);
        _ownership.Set(Pod("p", owner: set));
        Assert.Empty(_ownership.PodsToRelease(set));
        var strayed = Pod("p", owner: set, labels: Labels(("app", "debug")));
        _ownership.Set(strayed);
        Assert.Equal([strayed], _ownership.PodsToRelease(set));
        _ownership.Set(Pod("p", owner: set));
        Assert.Empty(_ownership.PodsToRelease(set));
    }

    [Fact]
    public void A_strayed_pod_is_found_also_when_it_was_seen_before_its_set()
    {
        var set = Set("web");
        _ownership.Set(Pod("p", owner: set, labels: Labels(("app", "debug"))));
        _ownership.SetSelector(set, set.Spec.Selector);
        Assert.Single(_ownership.PodsToRelease(set));
    }

    [Fact]
    public void A_set_that_changes_its_selector_gives_up_the_pods_it_no_longer_selects()
    {
        var set = Set("web");
        _ownership.SetSelector(set, set.Spec.Selector);
        _ownership.Set(Pod("p", owner: set));
        _ownership.Set(Pod("q", labels: Labels(("app", "other"))));
        _ownership.SetSelector(set, new LabelSelector { MatchLabels = Labels(("app", "other")) });
        Assert.Equal("p", Assert.Single(_ownership.PodsToRelease(set)).Metadata.Name);
        Assert.Equal("q", Assert.Single(_ownership.PodsToAdopt(set)).Metadata.Name);
    }
}
