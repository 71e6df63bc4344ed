using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;

namespace ApiTools.Core.Tests.House;

/// <summary>
/// One build of the engine, asked by reflection: its own types are not those that the tests are compiled with. The portable one is that of
/// netstandard2.0, whose plain code stands where the other has vectors and newer methods; here .NET runs it, and not .NET Framework.
/// </summary>
/// <param name="assembly">The build.</param>
internal sealed class BuiltEngine(Assembly assembly)
{
    private delegate long Counter(ReadOnlySpan<char> text, bool allowSpecial);

    private delegate void Encoder(ReadOnlySpan<byte> utf8, List<int> ids, bool allowSpecial);

    private delegate object ErrorReader(
        int status, ReadOnlySpan<byte> body, string? contentType, IEnumerable<KeyValuePair<string, string>>? headers, TimeProvider? time, string? key);

    /// <summary>The build that the other tests test.</summary>
    public static BuiltEngine Own { get; } = new(typeof(ApiException).Assembly);

    /// <summary>The build for Windows PowerShell.</summary>
    public static BuiltEngine Portable { get; } = new(
        new AssemblyLoadContext("portable").LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "portable", "ApiTools.Core.dll")));

    /// <summary>What it was built for.</summary>
    public string Framework => assembly.GetCustomAttribute<System.Runtime.Versioning.TargetFrameworkAttribute>()!.FrameworkName;

    /// <summary>How many tokens a text is.</summary>
    public Func<string, bool, long> CounterOf(string encoding)
    {
        Counter count = Method(Encoding(encoding), "Count", typeof(ReadOnlySpan<char>), typeof(bool)).CreateDelegate<Counter>(Encoding(encoding));
        return (text, allowSpecial) => count(text, allowSpecial);
    }

    /// <summary>The ids of a text's tokens.</summary>
    public Func<byte[], bool, List<int>> EncoderOf(string encoding)
    {
        Encoder encode = Method(Encoding(encoding), "Encode", typeof(ReadOnlySpan<byte>), typeof(List<int>), typeof(bool)).CreateDelegate<Encoder>(Encoding(encoding));
        return (utf8, allowSpecial) =>
        {
            List<int> ids = [];
            encode(utf8, ids, allowSpecial);
            return ids;
        };
    }

    /// <summary>What Test-ApiRequest finds, as JSON.</summary>
    public string Check(byte[] json)
    {
        Type options = Type("ApiTools.Validation.RequestCheckOptions");
        MethodInfo validate = Method(Type("ApiTools.Validation.RequestValidator"), "Validate", typeof(ReadOnlyMemory<byte>), options);
        return Written(validate.Invoke(null, [(ReadOnlyMemory<byte>)json, Default(options)])!);
    }

    /// <summary>What Repair-ApiRequest makes of it, as JSON.</summary>
    public string Repair(byte[] json)
    {
        Type options = Type("ApiTools.Repair.RepairOptions");
        MethodInfo repair = Type("ApiTools.Repair.RequestRepair").GetMethod("Repair")!;
        object?[] given = [json, Default(options), CancellationToken.None];
        return Written(repair.Invoke(null, given[..repair.GetParameters().Length])!);
    }

    /// <summary>What an answer that is an error means, as JSON.</summary>
    public string Explain(int status, byte[] body, IEnumerable<KeyValuePair<string, string>>? headers, TimeProvider time, string? key)
    {
        ErrorReader read = Type("ApiTools.Errors.ApiErrorReader").GetMethod("Read")!.CreateDelegate<ErrorReader>();
        return Written(read(status, body, "application/json", headers, time, key));
    }

    private object Encoding(string name) => Method(Type("ApiTools.Tokens.TokenEncoding"), "Get", typeof(string)).Invoke(null, [name])!;

    private Type Type(string name) => assembly.GetType(name, throwOnError: true)!;

    private static object Default(Type options) => options.GetProperty("Default")!.GetValue(null)!;

    private static MethodInfo Method(object target, string name, params Type[] parameters) =>
        (target as Type ?? target.GetType()).GetMethod(name, parameters) ?? throw new MissingMethodException(target.ToString(), name);

    private static string Written(object result) => JsonSerializer.Serialize(result, result.GetType());
}
