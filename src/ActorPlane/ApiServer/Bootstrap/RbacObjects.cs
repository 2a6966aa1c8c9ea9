using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Rbac.V1;

namespace ActorPlane.ApiServer;

/// <summary>The roles and bindings of <see cref="RbacTable"/> and <see cref="ControllerRoleTable"/> as objects.</summary>
public static class RbacObjects
{
    private const string Group = "rbac.authorization.k8s.io";
    private const string Controller = "system:controller:";
    private const string System = "kube-system";
    private const string AggregateTo = Group + "/aggregate-to-";

    private static readonly ValueMap<string> Labels = ValueMap<string>.Empty.With("kubernetes.io/bootstrapping", "rbac-defaults");
    private static readonly ValueMap<string> Annotations = ValueMap<string>.Empty.With("rbac.authorization.kubernetes.io/autoupdate", "true");
    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = ["create", "delete", "deletecollection", "patch", "update"];
    private static readonly Lazy<IReadOnlyList<(string Resource, IKubeObject Object)>> Objects = new(Make);

    /// <summary>All of them, made once.</summary>
    public static IReadOnlyList<(string Resource, IKubeObject Object)> All => Objects.Value;

    private static List<(string Resource, IKubeObject Object)> Make()
    {
        var objects = new List<(string Resource, IKubeObject Object)>();
        objects.AddRange(RolesOf(RbacTable.Roles, ""));
        foreach (var (resource, role) in RolesOf(ControllerRoleTable.Roles, Controller))
        {
            objects.Add((resource, role));
            var name = role.Metadata.Name!;
            objects.Add(Bound(name, name, null, [Subject("S:" + name[Controller.Length..])]));
        }

        objects.AddRange(RbacTable.Bindings.Split('\n').Select(BindingOf));
        return objects;
    }

    private static IEnumerable<(string Resource, IKubeObject Object)> RolesOf(string table, string prefix)
    {
        var lines = table.Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            var words = lines[i++].Split(' ');
            var rules = new List<PolicyRule>();
            while (i < lines.Length && lines[i][0] == ' ') rules.Add(RuleOf(lines[i++].Trim()));
            yield return RoleOf(prefix + words[0], words[1..], [.. rules]);
        }
    }

    private static (string Resource, IKubeObject Object) RoleOf(string name, string[] options, ValueList<PolicyRule> rules)
    {
        if (options is ["in", var @namespace]) return ("roles." + Group, new Role { Metadata = Meta(name) with { Namespace = @namespace }, Rules = rules });
        var (labels, aggregation) = (Labels, (AggregationRule?)null);
        foreach (var option in options)
        {
            if (option.StartsWith("to=", StringComparison.Ordinal)) labels = labels.With(AggregateTo + option[3..], "true");
            else aggregation = new AggregationRule { ClusterRoleSelectors = [new LabelSelector { MatchLabels = ValueMap<string>.Empty.With(AggregateTo + option["from=".Length..], "true") }] };
        }

        return ("clusterroles." + Group, new ClusterRole { Metadata = Meta(name) with { Labels = labels }, Rules = rules, AggregationRule = aggregation });
    }

    private static PolicyRule RuleOf(string line)
    {
        var words = line.Split(' ');
        if (words is ["events"]) return new PolicyRule { ApiGroups = ["", "events.k8s.io"], Resources = ["events"], Verbs = ["create", "patch", "update"] };
        if (words[0] == "!") return new PolicyRule { NonResourceURLs = Sorted(words[1]), Verbs = VerbsOf(words[2]) };
        var slash = words[0].IndexOf('/', StringComparison.Ordinal);
        return new PolicyRule
        {
            ApiGroups = Sorted(words[0][..slash]),
            Resources = Sorted(words[0][(slash + 1)..]),
            Verbs = VerbsOf(words[1]),
            ResourceNames = words.Length > 2 ? [.. words[2].Split(',')] : [],
        };
    }

    private static ValueList<string> VerbsOf(string word) => word switch
    {
        "read" => [.. Read],
        "write" => [.. Write],
        "all" => [.. Read.Concat(Write).Order(StringComparer.Ordinal)],
        _ => Sorted(word),
    };

    private static ValueList<string> Sorted(string list) => [.. list.Split(',').Order(StringComparer.Ordinal)];

    private static (string Resource, IKubeObject Object) BindingOf(string line)
    {
        var words = line.Split(' ');
        var (name, role) = words[0].Split('=') is [var own, var other] ? (own, other) : (words[0], words[0]);
        var @namespace = words is [_, "in", var place, ..] ? place : null;
        return Bound(name, role, @namespace, [.. words.Skip(@namespace is null ? 1 : 3).Select(Subject)]);
    }

    private static (string Resource, IKubeObject Object) Bound(string name, string role, string? @namespace, ValueList<Subject> subjects)
    {
        var roleRef = new RoleRef { ApiGroup = Group, Kind = @namespace is null ? "ClusterRole" : "Role", Name = role };
        return @namespace is null
            ? ("clusterrolebindings." + Group, new ClusterRoleBinding { Metadata = Meta(name), RoleRef = roleRef, Subjects = subjects })
            : ("rolebindings." + Group, new RoleBinding { Metadata = Meta(name) with { Namespace = @namespace }, RoleRef = roleRef, Subjects = subjects });
    }

    private static Subject Subject(string word) => word[0] switch
    {
        'S' => new Subject { Kind = "ServiceAccount", Name = word[2..], Namespace = System },
        'U' => new Subject { ApiGroup = Group, Kind = "User", Name = word[2..] },
        _ => new Subject { ApiGroup = Group, Kind = "Group", Name = word[2..] },
    };

    private static ObjectMeta Meta(string name) => new() { Name = name, Labels = Labels, Annotations = Annotations };
}
