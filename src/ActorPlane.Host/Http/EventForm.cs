using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>What the bytes of an event depend on besides the object.</summary>
/// <param name="Type">ADDED, MODIFIED or DELETED.</param>
/// <param name="Info">The kind and version in which the object is shown.</param>
/// <param name="Form">Whole, a Table, or its metadata.</param>
/// <param name="IsProtobuf">Or JSON.</param>
/// <param name="IncludeObject">How much of the object a Table's row carries.</param>
/// <param name="Second">The second, in Unix time, for a Table, which tells ages; else 0.</param>
internal readonly record struct EventForm(string Type, ResourceInfo Info, AcceptedForm Form, bool IsProtobuf, string IncludeObject, long Second);
