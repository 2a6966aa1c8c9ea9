using FsCheck;
using FsCheck.Fluent;

namespace ActorPlane.Api.Tests;

/// <summary>Runs a property over generated values. A failure shows the seed and the shrunk value.</summary>
internal static class Property
{
    public static void Holds<T>(Gen<T> values, Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(values.ToArbitrary(), property));
}
