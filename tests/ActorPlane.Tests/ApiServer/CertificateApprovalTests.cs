using ActorPlane.Api;
using ActorPlane.Api.Certificates.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Tests.ApiServer;

/// <summary>Who may write which part of a certificate request.</summary>
public sealed class CertificateApprovalTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CertificateSigningRequest Asked = new()
    {
        Metadata = new ObjectMeta { Name = "jane" }, Spec = new CertificateSigningRequestSpec { SignerName = "example.com/signer", Username = "jane", Usages = ["client auth"] },
    };

    [Fact]
    public void An_approval_brings_its_conditions_and_nothing_else()
    {
        var written = With(Asked, Condition("Approved")) with { Spec = Asked.Spec with { Username = "eve" } };
        written = written with { Status = written.Status with { Certificate = ByteString.FromUtf8("x") } };
        var approved = CertificateApproval.Of(written, Asked, Now);
        Assert.Equal(Asked.Spec, approved.Spec);
        Assert.Null(approved.Status.Certificate);
        Assert.Equal((Now, Now), (approved.Status.Conditions[0].LastUpdateTime!.Value.Time, approved.Status.Conditions[0].LastTransitionTime!.Value.Time));
    }

    [Fact]
    public void A_state_that_was_there_before_keeps_the_time_when_it_began()
    {
        var before = CertificateApproval.Of(With(Asked, Condition("Approved")), Asked, Now);
        var again = CertificateApproval.Of(With(before, Condition("Approved") with { Message = "still" }), before, Now.AddHours(1));
        Assert.Equal((Now.AddHours(1), Now), (again.Status.Conditions[0].LastUpdateTime!.Value.Time, again.Status.Conditions[0].LastTransitionTime!.Value.Time));
    }

    [Theory]
    [InlineData("", "Approved", null)]
    [InlineData("Approved", "", "status.conditions: Forbidden: updates may not remove a condition of type \"Approved\"")]
    [InlineData("", "Approved,Denied", "status.conditions[1].type: Invalid value: \"Denied\": Approved and Denied conditions are mutually exclusive")]
    [InlineData("", "Approved,Approved", "status.conditions[1].type: Duplicate value: \"Approved\"")]
    [InlineData("", "Approved=False", "status.conditions[0].status: Unsupported value: \"False\": supported values: \"True\"")]
    [InlineData("", "Mine=No", "status.conditions[0].status: Unsupported value: \"No\": supported values: \"False\", \"True\", \"Unknown\"")]
    public void An_approval_obeys_its_rules(string before, string after, string? error)
    {
        var errors = Validator.ValidateApproval(With(Asked, Conditions(after)), With(Asked, Conditions(before)));
        Assert.Equal(error is null ? [] : [error], errors.Select(found => found.ToString()));
    }

    [Theory]
    [InlineData("", "Failed", null)]
    [InlineData("", "Approved", "status.conditions: Forbidden: updates may not add a condition of type \"Approved\"")]
    [InlineData("Denied", "", "status.conditions: Forbidden: updates may not remove a condition of type \"Denied\"")]
    public void A_status_report_approves_nothing(string before, string after, string? error)
    {
        var errors = Validator.ValidateStatusUpdate(With(Asked, Conditions(after)), With(Asked, Conditions(before)));
        Assert.Equal(error is null ? [] : [error], errors.Select(found => found.ToString()));
    }

    private static CertificateSigningRequest With(CertificateSigningRequest item, params CertificateSigningRequestCondition[] conditions) =>
        item with { Status = item.Status with { Conditions = [.. conditions] } };

    private static CertificateSigningRequestCondition[] Conditions(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=') is [var type, var status] ? Condition(type) with { Status = status } : Condition(word))];

    private static CertificateSigningRequestCondition Condition(string type) => new() { Type = type, Status = "True", Reason = "Because" };
}
