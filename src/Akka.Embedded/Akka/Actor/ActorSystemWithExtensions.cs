#nullable disable
namespace Akka.Actor;

/// <summary>Finds an extension, or registers it.</summary>
public static class ActorSystemWithExtensions
{
    public static T WithExtension<T>(this ActorSystem system)
        where T : class, IExtension => WithExtension<T>(system, ExtensionKeyOf(typeof(T)));

    public static T WithExtension<T>(this ActorSystem system, Type extensionId)
        where T : class, IExtension =>
        system.HasExtension<T>()
            ? system.GetExtension<T>()
            : (T)system.RegisterExtension((IExtensionId)Activator.CreateInstance(extensionId));

    public static T WithExtension<T, TI>(this ActorSystem system)
        where T : class, IExtension
        where TI : IExtensionId => WithExtension<T>(system, typeof(TI));

    private static Type ExtensionKeyOf(Type extension) => extension.Assembly.GetTypes()
        .FirstOrDefault(t => !t.IsAbstract && typeof(IExtensionId<>).MakeGenericType(extension).IsAssignableFrom(t))
        ?? throw new ArgumentException($"No IExtensionId found for [{extension}]", nameof(extension));
}
