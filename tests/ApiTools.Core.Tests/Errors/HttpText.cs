using System.Globalization;
using System.Text;

namespace ApiTools.Core.Tests.Errors;

/// <summary>An answer as a file holds it: the status line, the headers, a blank line, the body.</summary>
internal sealed record HttpText(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string? ContentType => Headers.FirstOrDefault(header => header.Key == "Content-Type").Value;

    public static HttpText Load(string name)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Fixtures.Folder, "Errors", name + ".http"));
        int head = file.AsSpan().IndexOf("\r\n\r\n"u8);
        string[] lines = Encoding.ASCII.GetString(file, 0, head).Split("\r\n");
        return new(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            [.. lines.Skip(1).Select(line => line.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))],
            file[(head + 4)..]);
    }
}
