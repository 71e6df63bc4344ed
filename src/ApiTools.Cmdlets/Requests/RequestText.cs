using System.Text;
using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Turns text that a person gives for a request into bytes.</summary>
internal static class RequestText
{
    /// <summary>The text as UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nextCommand">What to run where it is none.</param>
    /// <exception cref="ApiException">invalid_value: there is half a character in it.</exception>
    public static byte[] Encode(string text, string nextCommand)
    {
        int half = SurrogatePairs.IndexOfHalf(text);
        return half < 0 ? Encoding.UTF8.GetBytes(text) : throw ApiErrors.InvalidValue(
            "InputObject", $"The text has half a surrogate pair in it, at position {half}, which is no character. Was it cut in the middle of one?", nextCommand);
    }
}
