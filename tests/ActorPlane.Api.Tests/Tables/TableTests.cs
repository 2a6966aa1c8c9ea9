using ActorPlane.Api.Tables;

namespace ActorPlane.Api.Tests;

public sealed class TableTests
{
    private const string Template = "'template':{'spec':{'containers':[{'name':'a','image':'i'},{'name':'b','image':'j'}]}}";

    [Theory]
    [InlineData("v1/services", "Name | Type | Cluster-IP | External-IP | Port(s) | Age | Selector*")]
    [InlineData("v1/nodes", "Name | Status | Roles | Age | Version | Internal-IP* | External-IP* | OS-Image* | Kernel-Version* | Container-Runtime*")]
    [InlineData("v1/events", "Last Seen | Type | Reason | Object | Subobject* | Source* | Message | First Seen* | Count* | Name*")]
    [InlineData("v1/resourcequotas", "Name | Request | Limit | Age")]
    [InlineData("v1/limitranges", "Name | Created At")]
    [InlineData("v1/persistentvolumes", "Name | Capacity | Access Modes | Reclaim Policy | Status | Claim | StorageClass | VolumeAttributesClass | Reason | Age | VolumeMode*")]
    [InlineData("v1/persistentvolumeclaims", "Name | Status | Volume | Capacity | Access Modes | StorageClass | VolumeAttributesClass | Age | VolumeMode*")]
    [InlineData("apps/v1/deployments", "Name | Ready | Up-to-date | Available | Age | Containers* | Images* | Selector*")]
    [InlineData("apps/v1/daemonsets", "Name | Desired | Current | Ready | Up-to-date | Available | Node Selector | Age | Containers* | Images* | Selector*")]
    [InlineData("apps/v1/controllerrevisions", "Name | Controller | Revision | Age")]
    [InlineData("batch/v1/jobs", "Name | Status | Completions | Duration | Age | Containers* | Images* | Selector*")]
    [InlineData("batch/v1/cronjobs", "Name | Schedule | Timezone | Suspend | Active | Last Schedule | Age | Containers* | Images* | Selector*")]
    [InlineData("autoscaling/v2/horizontalpodautoscalers", "Name | Reference | Targets | MinPods | MaxPods | Replicas | Age")]
    [InlineData("policy/v1/poddisruptionbudgets", "Name | Min Available | Max Unavailable | Allowed Disruptions | Age")]
    [InlineData("networking.k8s.io/v1/ingresses", "Name | Class | Hosts | Address | Ports | Age")]
    [InlineData("networking.k8s.io/v1beta1/servicecidrs", "Name | CIDRs | Age")]
    [InlineData("networking.k8s.io/v1beta1/ipaddresses", "Name | ParentRef")]
    [InlineData("storage.k8s.io/v1beta1/volumeattributesclasses", "Name | DriverName | Age")]
    [InlineData("storage.k8s.io/v1/csistoragecapacities", "Name | StorageClassName | Capacity")]
    [InlineData("rbac.authorization.k8s.io/v1/rolebindings", "Name | Role | Age | Users* | Groups* | ServiceAccounts*")]
    [InlineData("certificates.k8s.io/v1/certificatesigningrequests", "Name | Age | SignerName | Requestor | RequestedDuration | Condition")]
    [InlineData("apiextensions.k8s.io/v1/customresourcedefinitions", "Name | Created At")]
    public void The_heads_are_those_that_people_know(string resource, string heads) => Assert.Equal(heads, Row.Heads(resource));

    [Fact]
    public void Every_resource_that_can_be_listed_has_a_Table_whose_first_object_fits()
    {
        foreach (var info in KubeTypes.Resources.Where(info => info.Allows("list")))
        {
            var name = info.Gvk.Group.Length == 0 ? $"{info.Gvk.Version}/{info.Plural}" : $"{info.Gvk.Group}/{info.Gvk.Version}/{info.Plural}";
            Assert.Contains("x", Row.Of(name, "{}", wide: true).Split(" | "));
        }
    }

    [Theory]
    [InlineData("'type':'ClusterIP','clusterIPs':['10.96.0.9'],'ports':[{'port':80,'protocol':'TCP'},{'port':53,'protocol':'UDP'}]", "x | ClusterIP | 10.96.0.9 | <none> | 80/TCP,53/UDP | 24h")]
    [InlineData("'type':'ClusterIP','clusterIP':'None','clusterIPs':['None']", "x | ClusterIP | None | <none> | <none> | 24h")]
    [InlineData("'type':'NodePort','clusterIPs':['10.96.0.9'],'externalIPs':['1.2.3.4'],'ports':[{'port':80,'nodePort':30080,'protocol':'TCP'}]", "x | NodePort | 10.96.0.9 | 1.2.3.4 | 80:30080/TCP | 24h")]
    [InlineData("'type':'LoadBalancer','clusterIPs':['10.96.0.9']", "x | LoadBalancer | 10.96.0.9 | <pending> | <none> | 24h")]
    [InlineData("'type':'ExternalName','externalName':'a.example'", "x | ExternalName | <none> | a.example | <none> | 24h")]
    public void A_service_shows_how_it_is_reached(string spec, string row) => Assert.Equal(row, Row.Of("v1/services", $"{{'spec':{{{spec}}}}}"));

    [Fact]
    public void A_balanced_service_shows_its_addresses_once_and_in_order() => Assert.Equal(
        "x | LoadBalancer | <none> | 2.2.2.2,b.example,9.9.9.9 | <none> | 24h",
        Row.Of("v1/services", "{'spec':{'type':'LoadBalancer','externalIPs':['9.9.9.9']},'status':{'loadBalancer':{'ingress':[{'hostname':'b.example'},{'ip':'2.2.2.2'},{'ip':'2.2.2.2'}]}}}"));

    [Theory]
    [InlineData("{}", "x | Unknown | <none> | 24h | ")]
    [InlineData("{'status':{'conditions':[{'type':'Ready','status':'True'}],'nodeInfo':{'kubeletVersion':'v1'}}}", "x | Ready | <none> | 24h | v1")]
    [InlineData(
        "{'metadata':{'labels':{'node-role.kubernetes.io/worker':'','node-role.kubernetes.io/control-plane':''}},'spec':{'unschedulable':true},'status':{'conditions':[{'type':'Ready','status':'Unknown'}]}}",
        "x | NotReady,SchedulingDisabled | control-plane,worker | 24h | ")]
    public void A_node_shows_state_and_roles(string node, string row) => Assert.Equal(row, Row.Of("v1/nodes", node));

    [Theory]
    [InlineData("apps/v1/deployments", "{'spec':{'replicas':3," + Template + ",'selector':{'matchLabels':{'a':'b'}}},'status':{'readyReplicas':1,'updatedReplicas':2,'availableReplicas':1}}", "x | 1/3 | 2 | 1 | 24h | a,b | i,j | a=b")]
    [InlineData("apps/v1/statefulsets", "{'spec':{'replicas':3," + Template + "},'status':{'readyReplicas':1}}", "x | 1/3 | 24h | a,b | i,j")]
    [InlineData("apps/v1/daemonsets", "{'spec':{" + Template + "}}", "x | 0 | 0 | 0 | 0 | 0 | <none> | 24h | a,b | i,j | <none>")]
    [InlineData("batch/v1/jobs", "{'spec':{'completions':3," + Template + "},'status':{'succeeded':1,'startTime':'2026-01-01T23:59:00Z'}}", "x | Running | 1/3 | 60s | 24h | a,b | i,j | <none>")]
    [InlineData("batch/v1/jobs", "{'spec':{'parallelism':3},'status':{'conditions':[{'type':'Suspended','status':'True'}]}}", "x | Suspended | 0/1 of 3 |  | 24h |  |  | <none>")]
    [InlineData("batch/v1/jobs", "{'spec':{'completions':1},'status':{'succeeded':1,'startTime':'2026-01-01T00:00:00Z','completionTime':'2026-01-01T00:00:42Z','conditions':[{'type':'Complete','status':'True'}]}}", "x | Complete | 1/1 | 42s | 24h |  |  | <none>")]
    [InlineData("batch/v1/cronjobs", "{'spec':{'schedule':'* * * * *','suspend':false},'status':{'lastScheduleTime':'2026-01-01T23:59:30Z'}}", "x | * * * * * | <none> | False | 0 | 30s | 24h |  |  | <none>")]
    [InlineData("v1/persistentvolumes", "{'spec':{'accessModes':['ReadWriteMany','ReadWriteOnce'],'claimRef':{'namespace':'n','name':'c'},'capacity':{'storage':'1Gi'}},'status':{'phase':'Bound'}}", "x | 1Gi | RWO,RWX |  | Bound | n/c |  | <unset> |  | 24h | <unset>")]
    [InlineData("v1/persistentvolumeclaims", "{'metadata':{'annotations':{'volume.beta.kubernetes.io/storage-class':'old'}},'spec':{'volumeName':'v'},'status':{'phase':'Bound'}}", "x | Bound | v | 0 |  | old | <unset> | 24h | <unset>")]
    [InlineData("v1/endpoints", "{'subsets':[{'addresses':[{'ip':'1.1.1.1'},{'ip':'::1'},{'ip':'3.3.3.3'},{'ip':'4.4.4.4'}],'ports':[{'port':80}]}]}", "x | 1.1.1.1:80,[::1]:80,3.3.3.3:80 + 1 more... | 24h")]
    [InlineData("v1/resourcequotas", "{'status':{'hard':{'pods':'5','limits.cpu':'2'},'used':{'pods':'1'}}}", "x | pods: 1/5 | limits.cpu: 0/2 | 24h")]
    [InlineData("networking.k8s.io/v1/ingresses", "{'metadata':{'annotations':{'kubernetes.io/ingress.class':'old'}},'spec':{'rules':[{'host':'a'},{'host':'b'},{'host':'c'},{},{'host':'e'}]}}", "x | <none> | a,b,c + 2 more... |  | 80 | 24h")]
    [InlineData("discovery.k8s.io/v1/endpointslices", "{'addressType':'IPv4','ports':[{'name':'web'},{'port':80},{}],'endpoints':[{'addresses':[]}]}", "x | IPv4 | web,80,* | <unset> | 24h")]
    [InlineData("certificates.k8s.io/v1/certificatesigningrequests", "{'spec':{'username':'jane','expirationSeconds':3600,'request':'','signerName':'s'},'status':{'certificate':'YQ==','conditions':[{'type':'Approved','status':'True'}]}}", "x | 24h | s | jane | 60m | Approved,Issued")]
    [InlineData("storage.k8s.io/v1/storageclasses", "{'metadata':{'annotations':{'storageclass.kubernetes.io/is-default-class':'true'}},'provisioner':'p'}", "x (default) | p | Delete | Immediate | false | 24h")]
    [InlineData("networking.k8s.io/v1beta1/ipaddresses", "{'spec':{'parentRef':{'resource':'services','namespace':'n','name':'s'}}}", "x | services/n/s")]
    [InlineData("admissionregistration.k8s.io/v1/validatingadmissionpolicybindings", "{'spec':{'policyName':'p','paramRef':{'selector':{'matchLabels':{'a':'b'}}}}}", "x | p | &LabelSelector{MatchLabels:map[string]string{a: b,},MatchExpressions:[]LabelSelectorRequirement{},} | 24h")]
    [InlineData("flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations", "{'spec':{'type':'Limited','limited':{'nominalConcurrencyShares':5,'limitResponse':{'type':'Queue','queuing':{'queues':64,'handSize':6,'queueLengthLimit':50}}}}}", "x | Limited | 5 | 64 | 6 | 50 | 24h")]
    [InlineData("v1/events", "{'involvedObject':{'kind':'Pod','name':'p'},'type':'Normal','reason':'R','message':' m ','count':3,'source':{'component':'c','host':'h'},'firstTimestamp':'2026-01-01T00:00:00Z','lastTimestamp':'2026-01-01T23:59:00Z'}", "60s | Normal | R | pod/p |  | c, h | m | 24h | 3 | x")]
    [InlineData("events.k8s.io/v1/events", "{'regarding':{'kind':'Node'},'type':'Warning','reason':'R','note':'m','eventTime':'2026-01-01T23:59:00.000000Z','series':{'count':5,'lastObservedTime':'2026-01-01T23:59:30.000000Z'},'reportingController':'c'}", "30s | Warning | R | node |  | c | m | 60s | 5 | x")]
    [InlineData("v1/componentstatuses", "{}", "x | Unknown |  | ")]
    public void A_row_shows_what_the_object_says(string resource, string json, string row) => Assert.Equal(row, Row.Of(resource, json, wide: true));

    [Theory]
    [InlineData("{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':70}}}", "{'type':'Resource','resource':{'name':'cpu','current':{'averageUtilization':35}}}", "cpu: 35%/70%")]
    [InlineData("{'type':'Resource','resource':{'name':'memory','target':{'type':'AverageValue','averageValue':'1Gi'}}}", "", "memory: <unknown>/1Gi")]
    [InlineData("{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization'}}}", "", "cpu: <unknown>/<auto>")]
    [InlineData("{'type':'ContainerResource','containerResource':{'name':'cpu','container':'c','target':{'type':'AverageValue','averageValue':'1'}}}", "", "cpu: <unknown>/1")]
    [InlineData("{'type':'External','external':{'metric':{'name':'m'},'target':{'type':'AverageValue','averageValue':'5'}}}", "", "<unknown>/5 (avg)")]
    [InlineData("{'type':'Pods','pods':{'metric':{'name':'m'},'target':{'type':'AverageValue','averageValue':'5'}}}", "{'type':'Pods','pods':{'metric':{'name':'m'},'current':{'averageValue':'2'}}}", "2/5")]
    public void An_autoscaler_shows_what_is_and_what_shall_be(string metric, string status, string targets) => Assert.Equal(
        $"x | Deployment/web | {targets} | <unset> | 3 | 0 | 24h",
        Row.Of("autoscaling/v2/horizontalpodautoscalers", $"{{'spec':{{'scaleTargetRef':{{'kind':'Deployment','name':'web'}},'maxReplicas':3,'metrics':[{metric}]}},'status':{{'currentMetrics':[{status}]}}}}"));

    [Fact]
    public void A_subresource_scale_has_a_Table_of_its_own() => Assert.Equal(
        ["Name", "Desired", "Available", "Age"], TableSchemas.Scale.Columns.Select(column => column.Name));
}
