namespace ActorPlane.Kubelet;

/// <summary>Something worth an Event on a pod.</summary>
/// <param name="IsWarning">Its type: Warning or Normal.</param>
/// <param name="Reason">Such as <c>Pulled</c>.</param>
/// <param name="Message">Kubernetes' own words.</param>
public readonly record struct PodHappening(bool IsWarning, string Reason, string Message)
{
    /// <summary>An image begins to be pulled.</summary>
    public static PodHappening Pulling(string image) => new(false, "Pulling", $"Pulling image \"{image}\"");

    /// <summary>An image was pulled.</summary>
    public static PodHappening Pulled(string image, TimeSpan took) =>
        new(false, "Pulled", $"Successfully pulled image \"{image}\" in {GoDuration.Format(took)} ({GoDuration.Format(took)} including waiting)");

    /// <summary>An image need not be pulled.</summary>
    public static PodHappening Present(string image) => new(false, "Pulled", $"Container image \"{image}\" already present on machine");

    /// <summary>A container was created.</summary>
    public static PodHappening Created(string container) => new(false, "Created", $"Created container: {container}");

    /// <summary>A container was started.</summary>
    public static PodHappening Started(string container) => new(false, "Started", $"Started container {container}");

    /// <summary>A container is being stopped.</summary>
    public static PodHappening Killing(string container) => new(false, "Killing", $"Stopping container {container}");

    /// <summary>A container has to wait for its restart.</summary>
    /// <param name="pod"><c>name_namespace(uid)</c>.</param>
    public static PodHappening BackOff(string container, string pod) => new(true, "BackOff", $"Back-off restarting failed container {container} in pod {pod}");
}
