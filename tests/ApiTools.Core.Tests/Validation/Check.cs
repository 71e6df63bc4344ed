using System.Text;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

/// <summary>Runs the check for a test.</summary>
internal static class Check
{
    /// <summary>A request that is right, up to what a test puts in.</summary>
    public static string Request(string members) =>
        $$"""{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]{{(members.Length > 0 ? "," : string.Empty)}}{{members}}}""";

    public static RequestReport Run(string json, RequestCheckOptions? options = null) => Run(Encoding.UTF8.GetBytes(json), options);

    public static RequestReport Run(byte[] json, RequestCheckOptions? options = null) =>
        RequestValidator.Validate(json, options ?? RequestCheckOptions.Default);

    /// <summary>The one finding that there is.</summary>
    public static Finding Only(string json, RequestCheckOptions? options = null) => Assert.Single(Run(json, options).Findings);
}
