using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using Microsoft.AspNetCore.Http;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Host.Http;

/// <summary>The subresources that only pods have: binding and log.</summary>
internal sealed class PodVerbs(HttpGatewayClient client, ReadVerbs read)
{
    private const int FollowCapacity = 1024;
    private static readonly GroupVersionKind BindingKind = new("", "v1", "Binding");

    /// <summary>POST of a Binding, to a pod's subresource or to the collection <c>bindings</c>.</summary>
    public async Task Bind(ApiRequest request)
    {
        var binding = (Binding)(await RequestBody.Read(request.Http.Request)).Object(request, BindingKind, Binding.Descriptor);
        var name = request.Path.Name ?? binding.Metadata.Name ?? "";
        if (binding.Metadata.Name is { } said && said != name)
            throw new StatusException(ApiErrors.BadRequest($"name in URL does not match name in Binding object"));
        if (string.IsNullOrEmpty(binding.Target.Name) || binding.Target.Kind is not (null or "" or "Node"))
        {
            throw new StatusException(ApiErrors.Invalid(BindingKind, name, [string.IsNullOrEmpty(binding.Target.Name)
                ? FieldError.Required(FieldPath.Of("target", "name"), "")
                : FieldError.NotSupported(FieldPath.Of("target", "kind"), binding.Target.Kind, "Node", "<empty>")]));
        }

        if (!request.IsDryRun)
        {
            await client.Send(
                id => new Bind(id, request.Path.Namespace, name, binding.Metadata.Uid ?? "", binding.Target.Name, request.Cause), request.Line);
        }

        await Answers.Status(request.Http, ApiErrors.Success() with { Code = 201 }, 201);
    }

    /// <summary>GET of what a container wrote. Virtual containers write what their status tells of their lives.</summary>
    public async Task Log(ApiRequest request)
    {
        var snapshot = client.Snapshot;
        var pod = (Pod)read.Find(request.Path);
        var options = PodLogOptions.Of(request, client.Now);
        var text = PodLog.Of(pod, options);
        if (!request.Flag("follow") || options.Previous || !PodLog.MayGoOn(pod, options)) await Answers.Text(request.Http, text);
        else await Follow(request, options, pod, text, snapshot.Revision);
    }

    // Until the run ends or the pod goes.
    private async Task Follow(ApiRequest request, PodLogOptions options, Pod pod, string text, long revision)
    {
        var http = request.Http;
        var stream = new WatchStream("pods", new ObjectSelector(request.Path.Namespace, request.Path.Name), revision, FollowCapacity);
        client.Open(stream, request.Line);
        try
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(text, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            var started = PodLog.StartOf(pod, options);
            await foreach (var item in stream.Items.ReadAllAsync(http.RequestAborted))
            {
                if (item.Object is not Pod now || now.Metadata.Uid != pod.Metadata.Uid) break;
                if (PodLog.EndOf(now, options, started) is { } end)
                {
                    await http.Response.WriteAsync(end, http.RequestAborted);
                    break;
                }

                if (item.Type == ChangeType.Deleted) break;
            }
        }
        finally
        {
            client.Close(stream);
        }
    }
}
