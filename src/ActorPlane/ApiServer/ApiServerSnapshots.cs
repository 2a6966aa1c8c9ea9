using Akka.Actor;

namespace ActorPlane.ApiServer;

/// <summary>Where the API server of a system leaves its newest <see cref="ApiServerSnapshot"/> for other threads. An Akka extension, so that each system has its own.</summary>
public sealed class ApiServerSnapshots : IExtension
{
    private volatile ApiServerSnapshot _current = ApiServerSnapshot.Empty;

    /// <summary>That of <paramref name="system"/>.</summary>
    public static ApiServerSnapshots Of(ActorSystem system) => system.WithExtension<ApiServerSnapshots, Provider>();

    /// <summary>The newest. Stays readable while the server is down.</summary>
    public ApiServerSnapshot Current
    {
        get => _current;
        internal set => _current = value;
    }

    /// <summary>Creates the extension.</summary>
    public sealed class Provider : ExtensionIdProvider<ApiServerSnapshots>
    {
        /// <inheritdoc />
        public override ApiServerSnapshots CreateExtension(ExtendedActorSystem system) => new();
    }
}
