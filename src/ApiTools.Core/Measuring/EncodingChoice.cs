using ApiTools.Errors;
using ApiTools.Text;
using ApiTools.Tokens;

namespace ApiTools.Measuring;

/// <summary>Which encoding counts.</summary>
internal static class EncodingChoice
{
    private const string ShowHelp = "Get-Help about_ApiTools_Tokens";

    private static string Names => string.Join(", ", ModelEncodings.All.Select(encoding => encoding.Name));

    /// <summary>The encoding that is asked for, or the model's; null where nobody says which it is.</summary>
    /// <exception cref="ApiException">invalid_value: there is no encoding of that name.</exception>
    public static TokenEncoding? Find(string? model, string? encoding)
    {
        if (encoding is not null && !ModelEncodings.Exists(encoding))
        {
            throw ApiErrors.InvalidValue("Encoding", $"There is no encoding '{VisibleText.Line(encoding, 60)}' here. There are {Names}.", ShowHelp);
        }
        return (encoding ?? ModelEncodings.Find(model)) is string name ? TokenEncoding.Get(name) : null;
    }

    /// <summary>The same, where there has to be one.</summary>
    /// <exception cref="ApiException">missing_required_field or invalid_value: there is none, with what to give.</exception>
    public static TokenEncoding Get(string? model, string? encoding) => Find(model, encoding) ?? throw (model is null
        ? ApiErrors.MissingField("Encoding", $"To count tokens the encoding has to be known: give -Model, or -Encoding ({Names}).", ShowHelp)
        : ApiErrors.InvalidValue(
            "Model", $"With which encoding '{VisibleText.Line(model, 60)}' counts is not known here: give it by -Encoding ({Names}).", ShowHelp));
}
