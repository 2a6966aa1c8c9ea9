using ActorPlane.Api;
using ActorPlane.Api.Certificates.V1;

namespace ActorPlane.ApiServer;

/// <summary>What an approval or a status report changes in a certificate request. (<c>pkg/registry/certificates/certificates/strategy.go</c>.)</summary>
public static class CertificateApproval
{
    /// <summary>The request as it is stored, with the conditions of the one that is written and nothing else of it.</summary>
    public static CertificateSigningRequest Of(CertificateSigningRequest written, CertificateSigningRequest before, DateTimeOffset now) =>
        WithTimes(before with { Status = before.Status with { Conditions = written.Status.Conditions } }, before, now);

    /// <summary>With the times that its conditions do not have: a state that was there before keeps the time when it began.</summary>
    public static CertificateSigningRequest WithTimes(CertificateSigningRequest item, CertificateSigningRequest before, DateTimeOffset now)
    {
        var conditions = item.Status.Conditions;
        for (var i = 0; i < conditions.Count; i++)
        {
            var condition = conditions[i];
            if (condition.LastUpdateTime is not null && condition.LastTransitionTime is not null) continue;
            var known = before.Status.Conditions.Find(old => old.Type == condition.Type && old.Status == condition.Status);
            conditions = conditions.SetItem(i, condition with
            {
                LastUpdateTime = condition.LastUpdateTime ?? now,
                LastTransitionTime = condition.LastTransitionTime ?? known?.LastTransitionTime ?? now,
            });
        }

        return ReferenceEquals(conditions, item.Status.Conditions) ? item : item with { Status = item.Status with { Conditions = conditions } };
    }
}
