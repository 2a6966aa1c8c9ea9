using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.Deployments;

/// <summary>
/// The value of the label pod-template-hash: FNV-1a of the template, in letters that spell no words. Not the number
/// that Kubernetes would get, which hashes a dump of Go structs; the same form and length. (<c>C/controller_utils.go</c>
/// ComputeHash; <c>rand.SafeEncodeString</c> in apimachinery.)
/// </summary>
public static class PodTemplateHash
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>The hash of a template; <paramref name="collisions"/> makes it another one when a name was taken.</summary>
    public static string Of(PodTemplateSpec template, int? collisions)
    {
        var hash = 2166136261u;
        foreach (var b in JsonCodec.Encode(template)) hash = (hash ^ b) * 16777619u;
        if (collisions is { } count)
        {
            foreach (var b in BitConverter.GetBytes(count)) hash = (hash ^ b) * 16777619u;
        }

        return string.Concat(hash.ToString(CultureInfo.InvariantCulture).Select(digit => Alphabet[digit % Alphabet.Length]));
    }
}
