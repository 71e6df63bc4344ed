namespace ApiTools.Core.Tests.Tokens;

/// <summary>
/// A test that asks npm's tiktoken itself. It is skipped, and says so, unless APITOOLS_TIKTOKEN names a folder that tiktoken was installed into
/// (npm install --prefix FOLDER tiktoken@1.0.22) and node is found.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute() => Skip = Oracle.Missing;
}
