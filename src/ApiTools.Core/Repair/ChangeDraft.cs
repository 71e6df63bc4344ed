using System.Text;
using ApiTools.Text;

namespace ApiTools.Repair;

/// <summary>A change whose place is an offset in a text that is repaired.</summary>
internal sealed record ChangeDraft(int Offset, string Code, string? Param, string Message, string? Before, string? After)
{
    private const int LongestShown = 100;

    /// <summary>What a change shows of the text before or after it.</summary>
    public static string Shown(ReadOnlySpan<byte> utf8) =>
        BoundedText.Cut(Encoding.UTF8.GetString(utf8.Slice(0, Math.Min(utf8.Length, LongestShown * 4)).ToArray()), LongestShown);
}
