using ActorPlane.Api.AdmissionRegistration.V1;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.ApiRegistration.V1;
using ActorPlane.Api.Certificates.V1;
using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.FlowControl.V1;
using ActorPlane.Api.NodeGroup.V1;
using ActorPlane.Api.Policy.V1;
using ActorPlane.Api.Rbac.V1;
using ActorPlane.Api.Scheduling.V1;

namespace ActorPlane.Api.Tables;

/// <summary>The Tables of what rules the cluster: budgets, rights, priorities, leases, webhooks, definitions.</summary>
internal static class PolicyTables
{
    public static readonly TableSchema DisruptionBudgets = new TableSchema<PodDisruptionBudget>(
        ["Name", "Min Available", "Max Unavailable", "Allowed Disruptions:integer", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(item.Spec.MinAvailable?.ToString() ?? "N/A"), Cell.Text(item.Spec.MaxUnavailable?.ToString() ?? "N/A"),
            Cell.Number(item.Status.DisruptionsAllowed), Cell.Age(item, now),
        ]);

    public static readonly TableSchema Roles = new TableSchema<Role>(["Name", "Created At"], static (item, _) => [Cell.Name(item), Created(item)]);

    public static readonly TableSchema ClusterRoles = new TableSchema<ClusterRole>(["Name", "Created At"], static (item, _) => [Cell.Name(item), Created(item)]);

    public static readonly TableSchema RoleBindings = new TableSchema<RoleBinding>(
        ["Name", "Role", "Age", "Users*", "Groups*", "ServiceAccounts*"],
        static (item, now) => [Cell.Name(item), Cell.Text($"{item.RoleRef.Kind}/{item.RoleRef.Name}"), Cell.Age(item, now), .. Subjects(item.Subjects)]);

    public static readonly TableSchema ClusterRoleBindings = new TableSchema<ClusterRoleBinding>(
        ["Name", "Role", "Age", "Users*", "Groups*", "ServiceAccounts*"],
        static (item, now) => [Cell.Name(item), Cell.Text($"{item.RoleRef.Kind}/{item.RoleRef.Name}"), Cell.Age(item, now), .. Subjects(item.Subjects)]);

    public static readonly TableSchema PriorityClasses = new TableSchema<PriorityClass>(
        ["Name", "Value:integer", "Global-Default:boolean", "Age", "PreemptionPolicy"],
        static (item, now) =>
            [Cell.Name(item), Cell.Number(item.Value), Cell.Flag(item.GlobalDefault), Cell.Age(item, now), Cell.Text(item.PreemptionPolicy)]);

    public static readonly TableSchema Leases = new TableSchema<Lease>(
        ["Name", "Holder", "Age"], static (item, now) => [Cell.Name(item), Cell.Text(item.Spec.HolderIdentity), Cell.Age(item, now)]);

    public static readonly TableSchema SigningRequests = new TableSchema<CertificateSigningRequest>(
        ["Name", "Age", "SignerName", "Requestor", "RequestedDuration", "Condition"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Age(item, now), Cell.TextOrNone(item.Spec.SignerName), Cell.Text(item.Spec.Username),
            Cell.TextOrNone(item.Spec.ExpirationSeconds is { } seconds ? HumanDuration.Of(Durations.OfSeconds(seconds)) : null), Cell.Text(ConditionOf(item)),
        ]);

    public static readonly TableSchema RuntimeClasses = new TableSchema<RuntimeClass>(
        ["Name", "Handler", "Age"], static (item, now) => [Cell.Name(item), Cell.Text(item.Handler), Cell.Age(item, now)]);

    public static readonly TableSchema ValidatingWebhooks = new TableSchema<ValidatingWebhookConfiguration>(
        ["Name", "Webhooks:integer", "Age"], static (item, now) => [Cell.Name(item), Cell.Number(item.Webhooks.Count), Cell.Age(item, now)]);

    public static readonly TableSchema MutatingWebhooks = new TableSchema<MutatingWebhookConfiguration>(
        ["Name", "Webhooks:integer", "Age"], static (item, now) => [Cell.Name(item), Cell.Number(item.Webhooks.Count), Cell.Age(item, now)]);

    public static readonly TableSchema AdmissionPolicies = new TableSchema<ValidatingAdmissionPolicy>(
        ["Name", "Validations:integer", "ParamKind", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Number(item.Spec.Validations.Count),
            Cell.Text(item.Spec.ParamKind is { } kind ? $"{kind.ApiVersion}/{kind.Kind}" : "<unset>"), Cell.Age(item, now),
        ]);

    public static readonly TableSchema AdmissionPolicyBindings = new TableSchema<ValidatingAdmissionPolicyBinding>(
        ["Name", "PolicyName", "ParamRef", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(item.Spec.PolicyName),
            Cell.Text(item.Spec.ParamRef switch
            {
                null => "<unset>",
                { Name: { Length: > 0 } name, Namespace: { Length: > 0 } scope } => $"{scope}/{name}",
                { Name: { Length: > 0 } name } => $"*/{name}",
                { Selector: { } selector } => GoText.LabelSelector(selector),
                _ => "<unset>",
            }),
            Cell.Age(item, now),
        ]);

    public static readonly TableSchema FlowSchemas = new TableSchema<FlowSchema>(
        ["Name", "PriorityLevel", "MatchingPrecedence", "DistinguisherMethod", "Age", "MissingPL"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(item.Spec.PriorityLevelConfiguration.Name), Cell.Number(item.Spec.MatchingPrecedence),
            Cell.TextOrNone(item.Spec.DistinguisherMethod?.Type), Cell.Age(item, now),
            Cell.Text(item.Status.Conditions.Find(c => c.Type == "Dangling")?.Status ?? "?"),
        ]);

    public static readonly TableSchema PriorityLevels = new TableSchema<PriorityLevelConfiguration>(
        ["Name", "Type", "NominalConcurrencyShares", "Queues", "HandSize", "QueueLengthLimit", "Age"],
        static (item, now) =>
        {
            var queuing = item.Spec.Limited?.LimitResponse.Queuing;
            return
            [
                Cell.Name(item), Cell.Text(item.Spec.Type), NumberOrNone(item.Spec.Limited, item.Spec.Limited?.NominalConcurrencyShares),
                NumberOrNone(queuing, queuing?.Queues), NumberOrNone(queuing, queuing?.HandSize), NumberOrNone(queuing, queuing?.QueueLengthLimit), Cell.Age(item, now),
            ];
        });

    public static readonly TableSchema Definitions = new TableSchema<CustomResourceDefinition>(
        ["Name", "Created At"], static (item, _) => [Cell.Name(item), Created(item)]);

    public static readonly TableSchema ApiServices = new TableSchema<APIService>(
        ["Name", "Service", "Available", "Age"],
        static (item, now) =>
        {
            var available = item.Status.Conditions.Find(c => c.Type == "Available");
            var text = available is null ? "Unknown" : available.Status == "True" ? "True" : $"{available.Status} ({available.Reason})";
            return [Cell.Name(item), Cell.Text(item.Spec.Service is { } service ? $"{service.Namespace}/{service.Name}" : "Local"), Cell.Text(text), Cell.Age(item, now)];
        });

    private static JsonValue Created(IKubeObject item) => Cell.Text(item.Metadata.CreationTimestamp?.ToString());

    private static JsonValue NumberOrNone(object? owner, int? value) => owner is null ? Cell.Text("<none>") : Cell.Number(value);

    private static JsonValue[] Subjects(ValueList<Rbac.V1.Subject> subjects) =>
    [
        Cell.Text(string.Join(", ", subjects.Where(s => s.Kind == "User").Select(s => s.Name))),
        Cell.Text(string.Join(", ", subjects.Where(s => s.Kind == "Group").Select(s => s.Name))),
        Cell.Text(string.Join(", ", subjects.Where(s => s.Kind == "ServiceAccount").Select(s => $"{s.Namespace}/{s.Name}"))),
    ];

    private static string ConditionOf(CertificateSigningRequest item)
    {
        var conditions = item.Status.Conditions;
        var text = conditions.Any(c => c.Type == "Denied") ? "Denied" : conditions.Any(c => c.Type == "Approved") ? "Approved" : "Pending";
        if (conditions.Any(c => c.Type == "Failed")) text += ",Failed";
        return item.Status.Certificate is { Length: > 0 } ? text + ",Issued" : text;
    }
}
