using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>What a kubelet asks of a container while it runs, and does when it starts and stops. Source: pkg/apis/core/validation/validation.go validateProbe, validateLifecycle.</summary>
internal static class ProbeValidation
{
    private const string TooMany = "may not specify more than 1 handler type";

    /// <param name="graceSeconds">How long the pod may take to end.</param>
    public static void Validate(List<FieldError> errors, FieldPath path, Container container, long? graceSeconds)
    {
        if (container.Lifecycle?.PostStart is { } start) Handler(errors, path.Child("lifecycle").Child("postStart"), start, graceSeconds);
        if (container.Lifecycle?.PreStop is { } stop) Handler(errors, path.Child("lifecycle").Child("preStop"), stop, graceSeconds);
        Probe(errors, path.Child("livenessProbe"), container.LivenessProbe);
        OnlyOneSuccess(errors, path.Child("livenessProbe"), container.LivenessProbe);
        Probe(errors, path.Child("readinessProbe"), container.ReadinessProbe);
        if (container.ReadinessProbe?.TerminationGracePeriodSeconds is { } seconds)
            errors.Add(FieldError.Invalid(path.Child("readinessProbe").Child("terminationGracePeriodSeconds"), seconds, "must not be set for readinessProbes"));
        Probe(errors, path.Child("startupProbe"), container.StartupProbe);
        OnlyOneSuccess(errors, path.Child("startupProbe"), container.StartupProbe);
    }

    /// <summary>A port by number or name.</summary>
    public static void Port(List<FieldError> errors, FieldPath path, IntOrString port)
    {
        if (port.IsString) Checks.All(errors, path, port.StringValue, NameRules.PortName(port.StringValue));
        else foreach (var problem in NameRules.PortNumber(port.IntValue)) errors.Add(FieldError.Invalid(path, port.IntValue, problem));
    }

    private static void OnlyOneSuccess(List<FieldError> errors, FieldPath path, Probe? probe)
    {
        if (probe is not null && (probe.SuccessThreshold ?? 1) != 1) errors.Add(FieldError.Invalid(path.Child("successThreshold"), probe.SuccessThreshold!.Value, "must be 1"));
    }

    private static void Probe(List<FieldError> errors, FieldPath path, Probe? probe)
    {
        if (probe is null) return;
        Handler(errors, path, probe.Exec, probe.HttpGet, probe.TcpSocket, probe.Grpc, null, null);
        Checks.AtLeastZero(errors, path.Child("initialDelaySeconds"), probe.InitialDelaySeconds);
        Checks.AtLeastZero(errors, path.Child("timeoutSeconds"), probe.TimeoutSeconds);
        Checks.AtLeastZero(errors, path.Child("periodSeconds"), probe.PeriodSeconds);
        Checks.AtLeastZero(errors, path.Child("successThreshold"), probe.SuccessThreshold);
        Checks.AtLeastZero(errors, path.Child("failureThreshold"), probe.FailureThreshold);
        if (probe.TerminationGracePeriodSeconds <= 0) errors.Add(FieldError.Invalid(path.Child("terminationGracePeriodSeconds"), probe.TerminationGracePeriodSeconds.Value, Checks.Positive));
    }

    private static void Handler(List<FieldError> errors, FieldPath path, LifecycleHandler handler, long? graceSeconds) =>
        Handler(errors, path, handler.Exec, handler.HttpGet, handler.TcpSocket, null, handler.Sleep, graceSeconds);

    private static void Handler(
        List<FieldError> errors, FieldPath path, ExecAction? exec, HTTPGetAction? http, TCPSocketAction? tcp, GRPCAction? grpc, SleepAction? sleep, long? graceSeconds)
    {
        var count = 0;
        if (exec is not null && IsFirst("exec") && exec.Command.IsEmpty) errors.Add(FieldError.Required(path.Child("exec").Child("command")));
        if (http is not null && IsFirst("httpGet")) Http(errors, path.Child("httpGet"), http);
        if (tcp is not null && IsFirst("tcpSocket")) Port(errors, path.Child("tcpSocket").Child("port"), tcp.Port ?? 0);
        if (grpc is not null && IsFirst("grpc")) Port(errors, path.Child("grpc").Child("port"), grpc.Port ?? 0);
        if (sleep is not null && IsFirst("sleep") && graceSeconds is { } grace && ((sleep.Seconds ?? 0) <= 0 || sleep.Seconds > grace))
        {
            errors.Add(FieldError.Invalid(
                path.Child("sleep"),
                sleep.Seconds ?? 0,
                $"must be greater than 0 and less than terminationGracePeriodSeconds ({grace}). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep."));
        }

        if (count == 0) errors.Add(FieldError.Required(path, "must specify a handler type"));

        bool IsFirst(string field)
        {
            if (count++ == 0) return true;
            errors.Add(FieldError.Forbidden(path.Child(field), TooMany));
            return false;
        }
    }

    private static void Http(List<FieldError> errors, FieldPath path, HTTPGetAction http)
    {
        if (http.Path.IsBlank()) errors.Add(FieldError.Required(path.Child("path")));
        Port(errors, path.Child("port"), http.Port ?? 0);
        Checks.OneOf(errors, path.Child("scheme"), http.Scheme, "HTTP", "HTTPS");
        foreach (var header in http.HttpHeaders) Checks.All(errors, path.Child("httpHeaders"), header.Name, NameRules.HttpHeader(header.Name ?? ""));
    }
}
