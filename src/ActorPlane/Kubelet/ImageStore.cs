using System.Security.Cryptography;
using System.Text;

namespace ActorPlane.Kubelet;

/// <summary>
/// The images of one machine. They are pulled one at a time, in the order of the requests, as a kubelet with
/// <c>serializeImagePulls</c> does. Source: <c>pkg/kubelet/images/image_manager.go</c>, <c>puller.go</c>.
/// </summary>
/// <param name="pullTime">How long it takes to pull an image.</param>
/// <param name="checkTime">How long it takes to learn from the registry that the image at hand is the one wanted.</param>
public sealed class ImageStore(TimeSpan pullTime, TimeSpan checkTime)
{
    private readonly Dictionary<string, string> _idsOfPresent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _underWay = new(StringComparer.Ordinal);
    private DateTimeOffset _pullerFreeAt;

    /// <summary>
    /// When an image that is asked for now is there. The policy Always asks the registry also when the image is present.
    /// The policy Never finds what it needs: a virtual machine comes with all images that nobody may pull.
    /// </summary>
    public ImagePlan Plan(string image, string policy, DateTimeOffset now)
    {
        var isPresent = _idsOfPresent.ContainsKey(image);
        if (policy == "Never" || (policy != "Always" && isPresent)) return new ImagePlan(IsPull: false, now);
        if (_underWay.TryGetValue(image, out var readyAt)) return new ImagePlan(IsPull: true, readyAt);

        var from = _pullerFreeAt > now ? _pullerFreeAt : now;
        readyAt = _pullerFreeAt = from + (isPresent ? checkTime : pullTime);
        if (readyAt > now) _underWay.Add(image, readyAt);
        return new ImagePlan(IsPull: true, readyAt);
    }

    /// <summary>The image is there from now on. Returns its id, such as <c>docker.io/library/nginx@sha256:...</c>.</summary>
    public string Add(string image)
    {
        _underWay.Remove(image);
        if (_idsOfPresent.TryGetValue(image, out var id)) return id;
        id = IdOf(image);
        _idsOfPresent.Add(image, id);
        return id;
    }

    /// <summary>
    /// The image policy that a container has when it says none: Always for the tag <c>latest</c> and for none.
    /// Source: <c>pkg/apis/core/v1/defaults.go</c>.
    /// </summary>
    public static string PolicyOf(string? policy, string image)
    {
        if (!string.IsNullOrEmpty(policy)) return policy;
        var name = image[(image.LastIndexOf('/') + 1)..];
        if (name.Contains('@', StringComparison.Ordinal)) return "IfNotPresent";
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || name[(colon + 1)..] == "latest" ? "Always" : "IfNotPresent";
    }

    private static string IdOf(string image)
    {
        var name = image;
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0) name = name[..at];
        var colon = name.LastIndexOf(':');
        if (colon > name.LastIndexOf('/')) name = name[..colon];
        var first = name.IndexOf('/', StringComparison.Ordinal);
        if (first < 0) name = "docker.io/library/" + name;
        else if (name.AsSpan(0, first).IndexOfAny('.', ':') < 0 && name[..first] != "localhost") name = "docker.io/" + name;
        return at >= 0 ? name + image[at..] : $"{name}@sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image)))}";
    }
}
