using System.Globalization;

namespace ApiTools.Core.Tests.Errors;

/// <summary>A block of <c>shapes.txt</c>: an answer, and what it has to become.</summary>
internal sealed record ErrorShape(string Dialect, string Seen, int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body, string Expected)
{
    /// <summary>All blocks, in the order of the file.</summary>
    public static IReadOnlyList<ErrorShape> All { get; } = [.. Read()];

    public string? ContentType => Headers.FirstOrDefault(header => header.Key == "Content-Type").Value;

    public override string ToString() => $"{Dialect} | {Seen}";

    private static IEnumerable<ErrorShape> Read()
    {
        string[] lines = Fixtures.Text("Errors/shapes.txt").Replace("\r", "", StringComparison.Ordinal).Split('\n');
        for (int i = 0; i + 3 < lines.Length; i++)
        {
            if (lines[i].Length > 0 && lines[i][0] != '#')
            {
                string[] head = lines[i].Split(" | ", 2);
                string[] answer = lines[i + 1].Split(' ', 2);
                yield return new ErrorShape(
                    head[0], head[1], int.Parse(answer[0], CultureInfo.InvariantCulture), HeadersOf(answer), lines[i + 2], lines[i + 3]["=> ".Length..]);
                i += 3;
            }
        }
    }

    private static KeyValuePair<string, string>[] HeadersOf(string[] answer) => answer.Length == 1
        ? []
        : [.. answer[1].Split("; ").Select(header => header.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))];
}
