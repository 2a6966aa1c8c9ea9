using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Host.Http;

namespace ActorPlane.Host.Tests.Http;

public sealed class SharedEventsTests
{
    private static readonly ConfigMap Item = new() { Metadata = new ObjectMeta { Name = "settings", Namespace = "default" } };
    private readonly SharedEvents _events = new();
    private int _encoded;

    [Fact]
    public void An_event_is_encoded_once_for_all_who_watch_in_the_same_form()
    {
        var first = Bytes(Item, Form("MODIFIED"));
        Assert.Same(first, Bytes(Item, Form("MODIFIED")));
        Assert.Equal(1, _encoded);
    }

    [Fact]
    public void What_the_bytes_depend_on_tells_events_apart()
    {
        EventForm[] forms =
        [
            Form("MODIFIED"), Form("ADDED"), Form("MODIFIED") with { IsProtobuf = true }, Form("MODIFIED") with { Form = AcceptedForm.Metadata },
            Form("MODIFIED") with { Form = AcceptedForm.Table, Second = 1 }, Form("MODIFIED") with { Form = AcceptedForm.Table, Second = 2 },
            Form("MODIFIED") with { Form = AcceptedForm.Table, Second = 2, IncludeObject = "None" },
        ];
        Assert.Equal(forms.Length, forms.Select(form => Bytes(Item, form)).Distinct().Count());

        // An equal object is another one: the instance counts.
        Assert.NotSame(Bytes(Item, forms[0]), Bytes(Item with { }, forms[0]));
    }

    [Fact]
    public void Large_events_are_not_kept()
    {
        var large = new byte[1 << 20];
        for (var i = 0; i < 2; i++)
        {
            _events.Of(Item, Form("ADDED"), this, state =>
            {
                state._encoded++;
                return large;
            });
        }

        Assert.Equal(2, _encoded);
    }

    private static EventForm Form(string type) => new(type, KubeTypes.Find("v1", "ConfigMap")!, AcceptedForm.Json, false, "", 0);

    private byte[] Bytes(IKubeObject item, EventForm form) => _events.Of(item, form, this, static state => new byte[] { (byte)++state._encoded });
}
