namespace ActorPlane.Api.Tests;

/// <summary>Volumes, claims and classes that break the rules, in the real server's words.</summary>
public sealed class StorageValidationTests
{
    private const string Subdomain = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private const string Claim = "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}";
    private const string Immutable = "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

    [Theory]
    [InlineData("PersistentVolumeClaim", Claim, "")]
    [InlineData("PersistentVolumeClaim", "", "spec.accessModes: Required value: at least 1 access mode is required\nspec.resources[storage]: Required value")]
    [InlineData("PersistentVolumeClaim", "'accessModes':['ReadWriteOncePod','ReadWriteMany','x'],'resources':{'requests':{'storage':'0'}},'volumeMode':'y'", "spec.accessModes: Unsupported value: \"x\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"\nspec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes\nspec.resources[storage]: Invalid value: \"0\": must be greater than zero\nspec.volumeMode: Unsupported value: \"y\": supported values: \"Block\", \"Filesystem\"")]
    [InlineData("PersistentVolumeClaim", Claim + ",'dataSource':{'kind':'Pod','name':'p'},'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'q'}", "spec.dataSource: Invalid value: \"Pod\": must be 'PersistentVolumeClaim' when referencing the default apiGroup\nspec: Invalid value: spec.dataSource: must match dataSourceRef")]
    [InlineData("PersistentVolume", "'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},'hostPath':{'path':'/a'}", "")]
    [InlineData("PersistentVolume", "", "spec.accessModes: Required value\nspec.capacity: Required value\nspec.capacity: Unsupported value: core.ResourceList(nil): supported values: \"storage\"\nspec: Required value: must specify a volume type")]
    [InlineData("PersistentVolume", "'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},'local':{'path':'/../a'},'hostPath':{'path':'/'},'persistentVolumeReclaimPolicy':'Recycle'", "spec.local: Forbidden: may not specify more than 1 volume type\nspec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'")]
    [InlineData("PersistentVolume", "'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},'local':{'path':'/a'},'nodeAffinity':{}", "spec.nodeAffinity.required: Required value: must specify required node constraints")]
    [InlineData("PersistentVolume", "'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},'csi':{'driver':'Ab','nodeStageSecretRef':{},'nodePublishSecretRef':{'name':'s'}}", "spec.csi.volumeHandle: Required value\nspec.csi.nodePublishSecretRef.namespace: Required value")]
    public void Volumes_and_claims_say_what_they_are(string kind, string spec, string expected) => Assert.Equal(expected, Invalid.New("v1", kind, $"'spec':{{{spec}}}"));

    [Theory]
    [InlineData(Claim, Claim + ",'volumeName':'v','storageClassName':'c'", "", "")]
    [InlineData(Claim, "'accessModes':['ReadWriteMany'],'resources':{'requests':{'storage':'1Gi'}}", "", Immutable)]
    [InlineData(Claim, "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}", "", Immutable)]
    [InlineData(Claim, "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}", "'phase':'Bound','capacity':{'storage':'1Gi'}", "")]
    [InlineData("'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'3Gi'}}", "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}", "'phase':'Bound','capacity':{'storage':'1Gi'}", "")]
    [InlineData("'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'3Gi'}}", Claim, "'phase':'Bound','capacity':{'storage':'1Gi'}", "spec.resources.requests.storage: Forbidden: field can not be less than status.capacity")]
    [InlineData(Claim + ",'storageClassName':'a'", Claim + ",'storageClassName':'b'", "", Immutable)]
    public void A_claim_is_bound_once_and_grows_while_it_is_bound(string before, string after, string status, string expected) =>
        Assert.Equal(expected, Invalid.Change("v1", "PersistentVolumeClaim", $"'spec':{{{before}}},'status':{{{status}}}", $"'spec':{{{after}}},'status':{{{status}}}"));

    [Theory]
    [InlineData("StorageClass", "'provisioner':'a/b/c','reclaimPolicy':'Recycle','volumeBindingMode':'x','allowedTopologies':[{'matchLabelExpressions':[{'key':'k','values':['a','a']},{'key':'k'}]}]", "provisioner: Invalid value: \"a/b/c\": a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')\nreclaimPolicy: Unsupported value: \"Recycle\": supported values: \"Delete\", \"Retain\"\nvolumeBindingMode: Unsupported value: \"x\": supported values: \"Immediate\", \"WaitForFirstConsumer\"\nallowedTopologies[0].matchLabelExpressions[0].values[1]: Duplicate value: \"a\"\nallowedTopologies[0].matchLabelExpressions[1].values: Required value\nallowedTopologies[0].matchLabelExpressions[1].key: Duplicate value: \"k\"")]
    [InlineData("CSIDriver", "'spec':{'fsGroupPolicy':'x','volumeLifecycleModes':['y'],'tokenRequests':[{'audience':'a','expirationSeconds':1}]}", "spec.fsGroupPolicy: Unsupported value: \"x\": supported values: \"File\", \"None\", \"ReadWriteOnceWithFSType\"\nspec.tokenRequests[0].expirationSeconds: Invalid value: 1: may not specify a duration less than 10 minutes\nspec.volumeLifecycleModes: Unsupported value: \"y\": supported values: \"Persistent\", \"Ephemeral\"")]
    [InlineData("CSINode", "'spec':{'drivers':[{'name':'a','nodeID':'n','topologyKeys':['k','k']},{'name':'a','allocatable':{'count':-1}}]}", "spec.drivers[0]: Duplicate value: \"k\"\nspec.drivers[1].nodeID: Required value\nspec.drivers[1].allocatable.count: Invalid value: -1: must be greater than or equal to 0\nspec.drivers[1].name: Duplicate value: \"a\"")]
    [InlineData("VolumeAttachment", "'spec':{'attacher':'a','nodeName':'N','source':{}}", "spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName\nspec.nodeName: Invalid value: \"N\": " + Subdomain)]
    public void Classes_and_drivers_are_checked(string kind, string content, string expected) => Assert.Equal(expected, Invalid.New("storage.k8s.io/v1", kind, content));

    [Fact]
    public void What_a_driver_is_does_not_change() => Assert.Equal(
        "spec.attachedRequired: Invalid value: false: field is immutable",
        Invalid.Change("storage.k8s.io/v1", "CSIDriver", "'spec':{}", "'spec':{'attachRequired':false,'podInfoOnMount':true}"));
}
