namespace ActorPlane.Host.Tour;

/// <summary>The manifest that the tour applies; <c>tour.yaml</c>, carried inside this assembly.</summary>
internal static class TourManifest
{
    /// <summary>Its text.</summary>
    public static TextReader Open() => new StreamReader(
        typeof(TourManifest).Assembly.GetManifestResourceStream("tour.yaml") ?? throw new InvalidOperationException("The assembly lacks its resource tour.yaml."));
}
