namespace ActorPlane.Api.Cel;

/// <summary>One way to call a function.</summary>
/// <param name="IsMember">Whether it is a method: the first parameter is its target.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Result">What it gives.</param>
internal sealed record CelOverload(bool IsMember, CelType[] Parameters, CelType Result);
