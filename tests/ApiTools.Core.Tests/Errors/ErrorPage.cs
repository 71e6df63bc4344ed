using System.Globalization;
using System.Text.RegularExpressions;

namespace ApiTools.Core.Tests.Errors;

/// <summary>The API's page on errors, as its text was saved: the tables lost the lines between their cells, so a row runs together.</summary>
internal static class ErrorPage
{
    private static readonly string[] Lines = Fixtures.Text("api-errors-and-debugging.txt").Replace("\r", "", StringComparison.Ordinal).Split('\n');

    private static readonly Regex HeadingWithStatus = new(@"^[A-Z][a-z]+ Errors \(([0-9/]+)\)$", RegexOptions.CultureInvariant);

    /// <summary>The rows of the table "HTTP Status Codes".</summary>
    public static IReadOnlyList<(int Status, string Description)> Statuses { get; } =
    [
        .. Section("Status CodeDescription").Select(row => (int.Parse(row[..3], CultureInfo.InvariantCulture), row[3..])),
    ];

    /// <summary>The rows of the four tables of codes: the statuses of the heading above, and the row itself, code, description and solution run together.</summary>
    public static IReadOnlyList<(int[] Statuses, string Row)> Codes { get; } =
    [
        .. Lines.Select(line => HeadingWithStatus.Match(line)).Where(heading => heading.Success).SelectMany(
            heading => Section("Error CodeDescriptionSolution", heading.Value).Select(
                row => (Array.ConvertAll(heading.Groups[1].Value.Split('/'), s => int.Parse(s, CultureInfo.InvariantCulture)), row))),
    ];

    private static IEnumerable<string> Section(string tableHead, string? under = null)
    {
        int start = under is null ? 0 : Array.IndexOf(Lines, under);
        int head = Array.IndexOf(Lines, tableHead, start);
        return Lines.Skip(head + 1).TakeWhile(line => line.Length > 0);
    }
}
