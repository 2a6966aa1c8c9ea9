using System.Reflection;

namespace Akka.Tests.ApiSignatures;

public class NullabilityTests
{
    /// <summary>
    /// Akka.NET says nothing about null. An embedded assembly that did would make code that compiles against the packages fail here, or the
    /// other way round, because warnings are errors.
    /// </summary>
    [Theory]
    [MemberData(nameof(SignatureTests.Assemblies), MemberType = typeof(SignatureTests))]
    public void No_parameter_and_no_result_says_whether_it_may_be_null(string assembly)
    {
        var context = new NullabilityInfoContext();
        var said = Assembly.Load(assembly).GetTypes()
            .Where(type => type.IsVisible && type.Namespace?.StartsWith("Akka.Embedded", StringComparison.Ordinal) != true)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetParameters().Append(method.ReturnParameter).Select(parameter => (method, parameter)))
            .Where(pair => !pair.parameter.ParameterType.IsValueType && !pair.parameter.ParameterType.IsGenericParameter && !pair.parameter.ParameterType.IsByRef)
            .Where(pair => context.Create(pair.parameter).ReadState != NullabilityState.Unknown)
            .Select(pair => $"{pair.method.DeclaringType!.FullName}.{pair.method.Name}({pair.parameter.Name})")
            .Order(StringComparer.Ordinal).ToList();

        Assert.True(said.Count == 0, string.Join(Environment.NewLine, said));
    }
}
