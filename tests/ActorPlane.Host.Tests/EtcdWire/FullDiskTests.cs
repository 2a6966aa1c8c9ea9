using ActorPlane.Host.EtcdWire;
using ActorPlane.Host.EtcdWire.Protos;
using Google.Protobuf;
using Xunit.Abstractions;

namespace ActorPlane.Host.Tests.EtcdWire;

/// <summary>The host on a file system of 8 MiB that clients fill.</summary>
public sealed class FullDiskTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actorplane-full-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [TmpfsFact]
    public async Task A_full_disk_is_told_to_clients_loses_nothing_and_is_served_again_once_there_is_room()
    {
        var disk = Directory.CreateDirectory(Path.Combine(_directory, "disk")).FullName;
        Assert.Null(TmpfsFactAttribute.Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk));
        try
        {
            var filler = Path.Combine(disk, "filler");
            await File.WriteAllBytesAsync(filler, new byte[4 << 20]);
            var data = Path.Combine(disk, "data");
            var acknowledged = new List<(string Key, long Revision)>();
            await using (var host = HostProcess.Start(_directory, output.WriteLine, dataDirectory: data))
            {
                await host.ReadyAsync();
                var error = await FillAsync(host, acknowledged);
                output.WriteLine($"{acknowledged.Count} writes fit; then: {error.Message}");
                Assert.Equal(GrpcStatusException.Unavailable, error.Status);
                Assert.StartsWith("14: etcdserver: ", error.Message);
                Assert.InRange(acknowledged.Count, 10, 100);
                Assert.Contains("could not be stored", await host.ErrorAsync("full"));

                // What is stored can be read meanwhile; what is not stored is not there.
                Assert.Equal(acknowledged, await host.ReadyAsync(() => ReadAsync(host)));
                Assert.Equal(GrpcStatusException.Unavailable, (await Assert.ThrowsAsync<WireException>(() => PutAsync(host, "still/full"))).Status);

                File.Delete(filler);
                acknowledged.Add(("room", await host.ReadyAsync(() => PutAsync(host, "room"))));
                Assert.Equal(acknowledged, await ReadAsync(host));
                Assert.False(host.HasExited);
            }
            await using (var next = HostProcess.Start(_directory, output.WriteLine, dataDirectory: data))
            {
                await next.ReadyAsync();
                Assert.Equal(acknowledged, await ReadAsync(next));
            }
        }
        finally
        {
            Assert.Null(TmpfsFactAttribute.Run("umount", disk));
        }
    }

    /// <summary>Writes until it fails, and tells how.</summary>
    private static async Task<WireException> FillAsync(HostProcess host, List<(string Key, long Revision)> acknowledged)
    {
        for (var i = 0; i < 1000; i++)
        {
            try
            {
                acknowledged.Add(($"fill/{i:d4}", await PutAsync(host, $"fill/{i:d4}")));
            }
            catch (WireException error)
            {
                return error;
            }
        }
        throw new InvalidOperationException("64 MB were stored on a disk of 8 MiB");
    }

    private static async Task<long> PutAsync(HostProcess host, string key)
    {
        var put = new PutRequest { Key = ByteString.CopyFromUtf8(key), Value = ByteString.CopyFrom(new byte[64 << 10]) };
        return (await host.Client.CallAsync("KV/Put", put, PutResponse.Parser)).Header.Revision;
    }

    private static async Task<List<(string Key, long Revision)>> ReadAsync(HostProcess host)
    {
        // The test's own keys: those of the API server begin with a slash.
        var all = new RangeRequest { Key = ByteString.CopyFromUtf8("a"), RangeEnd = ByteString.CopyFromUtf8("z") };
        var range = await host.Client.CallAsync("KV/Range", all, RangeResponse.Parser);
        Assert.All(range.Kvs, keyValue => Assert.Equal(64 << 10, keyValue.Value.Length));
        return [.. range.Kvs.Select(keyValue => (keyValue.Key.ToStringUtf8(), keyValue.ModRevision))];
    }
}
