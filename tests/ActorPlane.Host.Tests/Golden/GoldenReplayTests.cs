using Xunit.Abstractions;

namespace ActorPlane.Host.Tests.Golden;

/// <summary>The requests that a real kube-apiserver answered, answered by ours.</summary>
public sealed class GoldenReplayTests(ITestOutputHelper output)
{
    /// <summary>So many answers were compared, and this share of them was the same in every place: 796 and 650 when this was written.</summary>
    private const int ComparedAtLeast = 790;
    private const double SameAtLeast = 0.81;

    [Fact]
    public async Task The_recorded_requests_get_the_answers_of_a_real_server()
    {
        await using var cluster = await ReplayCluster.StartAsync();
        var outcomes = await new Replay(cluster, RecordedRequest.ReadAll()).Run();
        var report = ReplayReport.Of(outcomes);
        output.WriteLine(report.Text);
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "golden-replay.txt"), report.Text + "\n" + report.Unexplained);
        Assert.True(report.Unexplained.Length == 0, report.Unexplained);
        Assert.True(report.Compared >= ComparedAtLeast && report.Same >= SameAtLeast * report.Compared, report.Text);
    }
}
