using ActorPlane.Api.Tables;

namespace ActorPlane.Api.Tests;

public sealed class PodTableTests
{
    private const string Two = "'spec':{'containers':[{'name':'a'},{'name':'b'}]}";

    [Theory]
    [InlineData("'phase':'Pending'", "x | 0/2 | Pending | 0 | 24h")]
    [InlineData("'phase':'Pending','conditions':[{'type':'PodScheduled','status':'False','reason':'SchedulingGated'}]", "x | 0/2 | SchedulingGated | 0 | 24h")]
    [InlineData("'phase':'Failed','reason':'Evicted'", "x | 0/2 | Evicted | 0 | 24h")]
    [InlineData("'phase':'Pending','containerStatuses':[{'name':'a','state':{'waiting':{'reason':'ContainerCreating'}}}]", "x | 0/2 | ContainerCreating | 0 | 24h")]
    [InlineData(
        "'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}},{'name':'b','restartCount':4,'state':{'waiting':{'reason':'CrashLoopBackOff'}}," +
        "'lastState':{'terminated':{'exitCode':1,'finishedAt':'2026-01-01T23:58:00Z'}}}]",
        "x | 1/2 | CrashLoopBackOff | 4 (2m ago) | 24h")]
    [InlineData("'phase':'Succeeded','containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':0,'reason':'Completed'}}}]", "x | 0/2 | Completed | 0 | 24h")]
    [InlineData("'phase':'Failed','containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':3}}}]", "x | 0/2 | ExitCode:3 | 0 | 24h")]
    [InlineData("'phase':'Failed','containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':137,'signal':9}}}]", "x | 0/2 | Signal:9 | 0 | 24h")]
    [InlineData(
        "'phase':'Running','conditions':[{'type':'Ready','status':'True'}],'containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':0,'reason':'Completed'}}}," +
        "{'name':'b','ready':true,'state':{'running':{}}}]",
        "x | 1/2 | Running | 0 | 24h")]
    [InlineData(
        "'phase':'Running','containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':0,'reason':'Completed'}}},{'name':'b','ready':true,'state':{'running':{}}}]",
        "x | 1/2 | NotReady | 0 | 24h")]
    public void Its_status_says_what_matters_most(string status, string row) =>
        Assert.Equal(row, Row.Of("v1/pods", $"{{{Two},'status':{{{status}}}}}"));

    [Theory]
    [InlineData("{'name':'i','state':{'running':{}}}", "x | 0/1 | Init:0/2 | 0 | 24h")]
    [InlineData("{'name':'i','state':{'terminated':{'exitCode':0}}},{'name':'j','state':{'waiting':{'reason':'PodInitializing'}}}", "x | 0/1 | Init:1/2 | 0 | 24h")]
    [InlineData("{'name':'i','restartCount':2,'state':{'waiting':{'reason':'CrashLoopBackOff'}}}", "x | 0/1 | Init:CrashLoopBackOff | 2 | 24h")]
    [InlineData("{'name':'i','state':{'terminated':{'exitCode':1,'reason':'Error'}}}", "x | 0/1 | Init:Error | 0 | 24h")]
    [InlineData("{'name':'i','state':{'terminated':{'exitCode':2}}}", "x | 0/1 | Init:ExitCode:2 | 0 | 24h")]
    public void Its_status_counts_init_containers_while_they_run(string statuses, string row) => Assert.Equal(row, Row.Of(
        "v1/pods",
        "{'spec':{'initContainers':[{'name':'i'},{'name':'j'}],'containers':[{'name':'a'}]},'status':{'phase':'Pending','initContainerStatuses':[" + statuses + "]," +
        "'containerStatuses':[{'name':'a','state':{'waiting':{'reason':'PodInitializing'}}}]}}"));

    [Fact]
    public void A_sidecar_counts_as_a_container() => Assert.Equal("x | 2/2 | Running | 1 | 24h", Row.Of(
        "v1/pods",
        "{'spec':{'initContainers':[{'name':'s','restartPolicy':'Always'}],'containers':[{'name':'a'}]},'status':{'phase':'Running'," +
        "'initContainerStatuses':[{'name':'s','started':true,'ready':true,'restartCount':1,'state':{'running':{}}}]," +
        "'containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}}]}}"));

    [Theory]
    [InlineData("Running", "", "Terminating")]
    [InlineData("Running", "NodeLost", "Unknown")]
    [InlineData("Succeeded", "", "Succeeded")]
    public void A_pod_that_is_deleted_says_so_unless_it_has_ended(string phase, string reason, string shown) => Assert.Equal(
        $"x | 0/2 | {shown} | 0 | 24h",
        Row.Of("v1/pods", $"{{'metadata':{{'deletionTimestamp':'2026-01-01T00:00:00Z'}},{Two},'status':{{'phase':'{phase}','reason':'{reason}'}}}}"));

    [Fact]
    public void Wide_output_adds_address_node_and_gates() => Assert.Equal(
        "x | 0/1 | Running | 0 | 24h | 10.0.0.1 | n | m | 1/2",
        Row.Of(
            "v1/pods",
            "{'spec':{'nodeName':'n','containers':[{'name':'a'}],'readinessGates':[{'conditionType':'g'},{'conditionType':'h'}]}," +
            "'status':{'phase':'Running','podIPs':[{'ip':'10.0.0.1'}],'nominatedNodeName':'m','conditions':[{'type':'g','status':'True'},{'type':'h','status':'False'}]}}",
            wide: true));

    [Theory]
    [InlineData("Succeeded", "Succeeded")]
    [InlineData("Failed", "Failed")]
    [InlineData("Running", null)]
    public void A_row_says_that_its_pod_has_ended(string phase, string? reason) => Assert.Equal(
        reason,
        TableSchemas.Of(KubeTypes.Find("v1", "Pod")!).Conditions(Row.Read("v1/pods", $"{{'status':{{'phase':'{phase}'}}}}"))?.Items[0]["reason"]?.AsString);
}
