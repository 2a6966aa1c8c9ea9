using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.ControllerManager.Deployments;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class DeploymentStatusTests
{
    [Fact]
    public void A_rollout_is_told_from_its_creation_to_its_end()
    {
        var deployment = Deployment(replicas: 2);
        var set = DeploymentPlanner.NewReplicaSet(deployment, []);
        var name = set.Metadata.Name;

        var status = DeploymentStatusCalculator.Calculate(deployment, [set], set, set, Now);
        Assert.Equal(("True", "NewReplicaSetCreated", $"Created new replica set \"{name}\""), Condition(status, "Progressing"));
        Assert.Equal(("False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability."), Condition(status, "Available"));
        Assert.Equal((0, 2), (status.AvailableReplicas ?? 0, status.UnavailableReplicas));

        set = set with { Status = new ReplicaSetStatus { Replicas = 2, ReadyReplicas = 1, AvailableReplicas = 1 } };
        status = DeploymentStatusCalculator.Calculate(deployment with { Status = status }, [set], set, null, Now.AddSeconds(1));
        Assert.Equal(("True", "ReplicaSetUpdated", $"ReplicaSet \"{name}\" is progressing."), Condition(status, "Progressing"));

        set = set with { Status = new ReplicaSetStatus { Replicas = 2, ReadyReplicas = 2, AvailableReplicas = 2 } };
        status = DeploymentStatusCalculator.Calculate(deployment with { Status = status }, [set], set, null, Now.AddSeconds(2));
        Assert.Equal(("True", "NewReplicaSetAvailable", $"ReplicaSet \"{name}\" has successfully progressed."), Condition(status, "Progressing"));
        Assert.Equal(("True", "MinimumReplicasAvailable", "Deployment has minimum availability."), Condition(status, "Available"));
        Assert.Equal((2, 2, 2, 2, 0, 1L), (status.Replicas, status.UpdatedReplicas, status.ReadyReplicas, status.AvailableReplicas, status.UnavailableReplicas ?? 0, status.ObservedGeneration));

        Assert.Equal(status, DeploymentStatusCalculator.Calculate(deployment with { Status = status }, [set], set, null, Now.AddHours(1)));
        Assert.Null(DeploymentStatusCalculator.Deadline(deployment, status));
    }

    [Fact]
    public void A_rollout_that_makes_no_progress_within_its_deadline_is_reported()
    {
        var deployment = Deployment(replicas: 2);
        var set = DeploymentPlanner.NewReplicaSet(deployment, []);
        var status = DeploymentStatusCalculator.Calculate(deployment, [set], set, set, Now);
        deployment = deployment with { Status = status };
        Assert.Equal(Now.AddSeconds(600), DeploymentStatusCalculator.Deadline(deployment, status));
        Assert.Equal(status, DeploymentStatusCalculator.Calculate(deployment, [set], set, null, Now.AddSeconds(600)));
        var late = DeploymentStatusCalculator.Calculate(deployment, [set], set, null, Now.AddSeconds(601));
        Assert.Equal(("False", "ProgressDeadlineExceeded", $"ReplicaSet \"{set.Metadata.Name}\" has timed out progressing."), Condition(late, "Progressing"));
        Assert.Null(DeploymentStatusCalculator.Deadline(deployment, late));
    }

    [Fact]
    public void Pods_lost_after_the_rollout_do_not_make_it_one_again()
    {
        var deployment = Deployment(replicas: 2);
        var set = DeploymentPlanner.NewReplicaSet(deployment, []) with { Status = new ReplicaSetStatus { Replicas = 2, ReadyReplicas = 2, AvailableReplicas = 2 } };
        var status = DeploymentStatusCalculator.Calculate(deployment, [set], set, set, Now);
        status = DeploymentStatusCalculator.Calculate(deployment with { Status = status }, [set], set, null, Now);
        var poorer = set with { Status = new ReplicaSetStatus { Replicas = 2, ReadyReplicas = 0, AvailableReplicas = 0 } };
        var after = DeploymentStatusCalculator.Calculate(deployment with { Status = status }, [poorer], poorer, null, Now.AddMinutes(1));
        Assert.Equal("NewReplicaSetAvailable", Condition(after, "Progressing").Reason);
        Assert.Equal("False", Condition(after, "Available").Status);
    }

    private static (string? Status, string? Reason, string? Message) Condition(DeploymentStatus status, string type)
    {
        var condition = status.Conditions.Find(condition => condition.Type == type)!;
        return (condition.Status, condition.Reason, condition.Message);
    }
}
