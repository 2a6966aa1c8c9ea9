using FsCheck;
using FsCheck.Fluent;

namespace ActorPlane.Api.Tests;

public sealed class LabelQueryTests
{
    private static readonly ValueMap<string> Labels = ValueMap.Of(("app", "web"), ("tier", "front"), ("rank", "5"));

    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web", true)]
    [InlineData("app = web , tier=front", true)]
    [InlineData("app=api", false)]
    [InlineData("app!=api", true)]
    [InlineData("absent!=x", true)]
    [InlineData("app in (web,api)", true)]
    [InlineData("app in (api)", false)]
    [InlineData("app notin (api)", true)]
    [InlineData("absent notin (x)", true)]
    [InlineData("absent in (x)", false)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("!absent", true)]
    [InlineData("rank>4", true)]
    [InlineData("rank<5", false)]
    [InlineData("app=", false)]
    [InlineData("app in (web,),tier", true)]
    public void A_selector_fits_as_in_Kubernetes(string selector, bool fits)
    {
        Assert.Equal(fits, LabelQuery.Parse(selector).Matches(Labels));
    }

    [Theory]
    [InlineData("x=a||y=b", "unable to parse requirement: values[0][x]: Invalid value: \"a||y\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")]
    [InlineData("x==a==b", "found '==', expected: ',' or 'end of string'")]
    [InlineData("x in a", "unable to parse requirement: found 'a' expected: '('")]
    [InlineData("x in ()", "unable to parse requirement: values: Invalid value: []string{}: for 'in', 'notin' operators, values set can't be empty")]
    [InlineData("a,", "found '', expected: identifier after ','")]
    [InlineData(",a", "found ',', expected: !, identifier, or 'end of string'")]
    [InlineData("a (b)", "unable to parse requirement: found '(', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("!", "unable to parse requirement: found '', expected: identifier")]
    public void A_broken_selector_is_refused_in_the_words_of_Kubernetes(string selector, string message)
    {
        Assert.Equal(message, Assert.Throws<FormatException>(() => LabelQuery.Parse(selector)).Message);
    }

    [Fact]
    public void A_printed_selector_reads_back_as_itself()
    {
        var word = Gen.Elements("a", "b.c/d", "in-x", "web", "x9");
        var requirement = word.SelectMany(_ => Gen.Choose(0, 5), (key, kind) => (key, kind)).SelectMany(_ => word.NonEmptyListOf(), (p, values) => p.kind switch
        {
            0 => new LabelRequirement(p.key, LabelOperator.Equals, [values[0].Replace("/", "-", StringComparison.Ordinal)]),
            1 => new LabelRequirement(p.key, LabelOperator.NotEquals, [values[0].Replace("/", "-", StringComparison.Ordinal)]),
            2 => new LabelRequirement(p.key, LabelOperator.In, Values(values)),
            3 => new LabelRequirement(p.key, LabelOperator.NotIn, Values(values)),
            4 => new LabelRequirement(p.key, LabelOperator.Exists, []),
            _ => new LabelRequirement(p.key, LabelOperator.DoesNotExist, []),
        });
        Property.Holds(requirement.ListOf(), list =>
        {
            var query = LabelQuery.Parse(string.Join(",", list));
            return LabelQuery.Parse(query.ToString()).ToString() == query.ToString() && query.Requirements.Count == list.Count;
        });
        static ValueList<string> Values(IEnumerable<string> values) =>
            [.. values.Select(v => v.Replace("/", "-", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("metadata.name=a", true)]
    [InlineData("metadata.name==a,status.phase!=Failed", true)]
    [InlineData("metadata.name!=a", false)]
    [InlineData("spec.nodeName=", true)]
    [InlineData("status.phase=Run\\,ning", false)]
    public void A_field_selector_fits_as_in_Kubernetes(string selector, bool fits)
    {
        var pod = new Core.V1.Pod { Metadata = new() { Name = "a" }, Status = new() { Phase = "Running" } };
        Assert.Equal(fits, SelectableFields.Matches(pod, FieldQuery.Parse(selector)));
    }

    [Fact]
    public void A_field_that_a_kind_cannot_be_selected_by_is_named()
    {
        Assert.Equal("field label not supported: spec.image", SelectableFields.Unsupported("Pod", FieldQuery.Parse("metadata.name=a,spec.image=b")));
        Assert.Null(SelectableFields.Unsupported("Pod", FieldQuery.Parse("metadata.name=a,spec.nodeName=b")));
        Assert.Null(SelectableFields.Unsupported("Job", FieldQuery.Parse("status.successful=1")));
        Assert.Equal("field label \"spec.image\" not supported for batchv1.Job", SelectableFields.Unsupported("Job", FieldQuery.Parse("spec.image=b")));
        Assert.Equal("field label not supported: metadata.namespace", SelectableFields.Unsupported("Node", FieldQuery.Parse("metadata.namespace=b")));
        Assert.Equal(
            "\"spec.replicas\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
            SelectableFields.Unsupported("Deployment", FieldQuery.Parse("metadata.namespace=a,spec.replicas=1")));
        Assert.Throws<FormatException>(() => FieldQuery.Parse("nonsense"));
    }
}
