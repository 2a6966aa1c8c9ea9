namespace ActorPlane.Api.Tests;

/// <summary>Jobs and CronJobs that break the rules, in the real server's words.</summary>
public sealed class JobValidationTests
{
    private const string Template = "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}";
    private const string Base = "'manualSelector':true,'selector':{'matchLabels':{'a':'b'}}," + Template;

    [Theory]
    [InlineData("'completionMode':'Indexed','completions':3", "")]
    [InlineData("'completionMode':'Indexed','parallelism':100001", "spec.completions: Required value: when completion mode is Indexed\nspec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed")]
    [InlineData("'backoffLimitPerIndex':1,'maxFailedIndexes':1", "spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode\nspec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode")]
    [InlineData("'podFailurePolicy':{'rules':[{},{'action':'FailIndex','onExitCodes':{'operator':'In','containerName':'x','values':[3,0,3]}},{'action':'Ignore','onPodConditions':[{'type':'a b','status':'x'}]}]}", "spec.podFailurePolicy.rules[0].action: Required value: valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]\nspec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required\nspec.podFailurePolicy.rules[1].action: Invalid value: \"FailIndex\": requires the backoffLimitPerIndex to be set\nspec.podFailurePolicy.rules[1].onExitCodes.containerName: Invalid value: \"x\": must be one of the container or initContainer names in the pod template\nspec.podFailurePolicy.rules[1].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator\nspec.podFailurePolicy.rules[1].onExitCodes.values[2]: Duplicate value: 3\nspec.podFailurePolicy.rules[1].onExitCodes.values: Invalid value: []int32{3, 0, 3}: must be ordered\nspec.podFailurePolicy.rules[2].onPodConditions[0].type: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')\nspec.podFailurePolicy.rules[2].onPodConditions[0].status: Unsupported value: \"x\": supported values: \"False\", \"True\", \"Unknown\"")]
    [InlineData("'completionMode':'Indexed','completions':5,'successPolicy':{'rules':[{'succeededIndexes':'0-2,2','succeededCount':6},{}]}", "spec.successPolicy.rules[0].succeededIndexes: Invalid value: \"0-2,2\": error parsing succeededIndexes: non-increasing order, previous: 2, current: 2\nspec.successPolicy.rules[0].succeededCount: Invalid value: 6: must be less than or equal to 5 (the number of specified completions)\nspec.successPolicy.rules[0].succeededCount: Invalid value: 6: must be less than or equal to 0 (the number of indexes in the specified succeededIndexes field)\nspec.successPolicy.rules[1]: Required value: at least one of succeededCount or succeededIndexes must be specified")]
    [InlineData("'podReplacementPolicy':'x','managedBy':'y'", "spec.managedBy: Invalid value: \"y\": must be a domain-prefixed path (such as \"acme.io/foo\")\nspec.podReplacementPolicy: Unsupported value: \"x\": supported values: \"Failed\", \"TerminatingOrFailed\"")]
    public void A_job_says_when_it_is_done(string more, string expected) => Assert.Equal(expected, Invalid.New("batch/v1", "Job", $"'spec':{{{more},{Base}}}"));

    [Theory]
    [InlineData("'completions':2", "'completions':3", "spec.completions: Invalid value: 3: field is immutable")]
    [InlineData("'completionMode':'Indexed','completions':2,'parallelism':2", "'completionMode':'Indexed','completions':3,'parallelism':3", "")]
    [InlineData("'completionMode':'Indexed','completions':2,'parallelism':2", "'completionMode':'Indexed','completions':3,'parallelism':2", "spec.completions: Invalid value: 3: can only be modified in tandem with spec.parallelism")]
    [InlineData("'completionMode':'Indexed','completions':2,'backoffLimitPerIndex':1", "'completionMode':'Indexed','completions':2", "spec.backoffLimitPerIndex: Invalid value: \"null\": field is immutable")]
    public void A_job_keeps_what_it_counts(string before, string after, string expected) =>
        Assert.Equal(expected, Invalid.Change("batch/v1", "Job", $"'spec':{{{before},{Base}}}", $"'spec':{{{after},{Base}}}"));

    [Theory]
    [InlineData("'timeZone':'Europe/Berlin'", "", "")]
    [InlineData("'timeZone':'Nowhere/Else'", "", "spec.timeZone: Invalid value: \"Nowhere/Else\": unknown time zone Nowhere/Else")]
    [InlineData("'timeZone':'../etc'", "", "spec.timeZone: Invalid value: \"../etc\": unknown time zone ../etc")]
    [InlineData("'timeZone':'local'", "", "spec.timeZone: Invalid value: \"local\": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones")]
    [InlineData("'concurrencyPolicy':'x'", "'manualSelector':true,", "spec.concurrencyPolicy: Unsupported value: \"x\": supported values: \"Allow\", \"Forbid\", \"Replace\"\nspec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: \"nil\", \"false\"")]
    public void A_cron_job_says_when_and_where(string more, string job, string expected) =>
        Assert.Equal(expected, Invalid.New("batch/v1", "CronJob", $"'spec':{{'schedule':'@daily',{more},'jobTemplate':{{'spec':{{{job}{Template}}}}}}}"));

    [Fact]
    public void A_new_job_has_the_labels_that_the_server_makes()
    {
        var job = Invalid.Item("batch/v1", "Job", $"'spec':{{'selector':{{'matchLabels':{{'a':'b'}}}},{Template}}}".Replace('\'', '"'));
        Assert.Contains("spec.template.metadata.labels[job-name]: Required value: must be 'x'", Validator.ValidateCreate(job).Select(error => error.ToString()));
        Assert.Empty(Validator.Validate(job));
    }
}
