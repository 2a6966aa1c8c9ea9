using Xunit;

namespace ActorPlane.Api.Tests;

public sealed class DisabledFieldsTests
{
    [Theory]
    [InlineData("v1", "Pod", "'spec':{'hostUsers':false,'resourceClaims':[{'name':'r'}],'resources':{'limits':{'cpu':'1'}},'containers':[{'name':'c','resizePolicy':[{'resourceName':'cpu','restartPolicy':'NotRequired'}],'resources':{'claims':[{'name':'r'}]}}]}", "'spec':{'containers':[{'name':'c'}]}")]
    [InlineData("v1", "Pod", "'spec':{'volumes':[{'name':'a','image':{'reference':'i'}},{'name':'b','emptyDir':{}}],'containers':[{'name':'c','volumeMounts':[{'name':'a','mountPath':'/a'},{'name':'b','mountPath':'/b'}]}]}", "'spec':{'volumes':[{'name':'b','emptyDir':{}}],'containers':[{'name':'c','volumeMounts':[{'name':'b','mountPath':'/b'}]}]}")]
    [InlineData("apps/v1", "Deployment", "'spec':{'template':{'spec':{'securityContext':{'supplementalGroupsPolicy':'Strict','seLinuxChangePolicy':'Recursive'},'containers':[{'name':'c','securityContext':{'procMount':'Unmasked'}}]}}}", "'spec':{'template':{'spec':{'securityContext':{},'containers':[{'name':'c','securityContext':{'procMount':'Default'}}]}}}")]
    [InlineData("apps/v1", "StatefulSet", "'spec':{'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':2,'partition':1}}}", "'spec':{'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':1}}}")]
    [InlineData("batch/v1", "CronJob", "'spec':{'jobTemplate':{'spec':{'template':{'spec':{'hostUsers':true}}}}}", "'spec':{'jobTemplate':{'spec':{'template':{'spec':{}}}}}")]
    [InlineData("coordination.k8s.io/v1", "Lease", "'spec':{'holderIdentity':'a','strategy':'OldestEmulationVersion','preferredHolder':'b'}", "'spec':{'holderIdentity':'a'}")]
    [InlineData("v1", "PersistentVolumeClaim", "'spec':{'volumeAttributesClassName':'v','dataSourceRef':{'kind':'K','name':'n','namespace':'o'}}", "'spec':{}")]
    [InlineData("v1", "PersistentVolume", "'spec':{'volumeAttributesClassName':'v'}", "'spec':{}")]
    public void What_belongs_to_a_feature_that_is_off_is_not_taken_in(string apiVersion, string kind, string content, string expected)
    {
        var item = Invalid.Item(apiVersion, kind, content.Replace('\'', '"'));
        Assert.Equal(Invalid.Item(apiVersion, kind, expected.Replace('\'', '"')).ToString(), DisabledFields.Drop(item, null).ToString());
    }

    [Fact]
    public void What_is_stored_with_such_a_field_keeps_it_and_what_has_none_stays_the_same_instance()
    {
        var stored = Invalid.Item("v1", "Pod", "\"spec\":{\"hostUsers\":true,\"containers\":[{\"name\":\"c\"}]}");
        Assert.Same(stored, DisabledFields.Drop(stored, stored));
        var plain = Invalid.Item("v1", "Pod", "\"spec\":{\"containers\":[{\"name\":\"c\"}]}");
        Assert.Same(plain, DisabledFields.Drop(plain, null));
    }
}
