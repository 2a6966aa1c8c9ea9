using System.Net;
using System.Net.Sockets;
using ActorPlane.Settings;

namespace ActorPlane.ApiServer;

/// <summary>Where the API server says that it is found: what the service <c>kubernetes</c> leads to.</summary>
/// <param name="Address">IPv4, not of the loopback interface.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record AdvertisedAddress(string Address, int Port)
{
    /// <summary>Reads it from the section <c>actorplane.apiserver</c>.</summary>
    public static AdvertisedAddress Read(SettingsReader section)
    {
        var text = section.Text("advertise-address");
        if (!IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetwork || IPAddress.IsLoopback(address))
            throw new SettingsException("actorplane.apiserver.advertise-address", $"is {text}, but must be an IPv4 address that is not of the loopback interface");
        return new AdvertisedAddress(text, section.Int32("advertise-port", 1, 65535));
    }
}
