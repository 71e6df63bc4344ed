using System.Text;

namespace ApiTools.Benchmarks;

/// <summary>The texts of a folder: a text a file, or a line where the folder is called chat.</summary>
internal sealed class TokenCorpus
{
    private const string LinesOf = "chat";
    private const long MaxBytes = 16_000_000;

    private TokenCorpus(string name, IReadOnlyList<string> texts)
    {
        Name = name;
        Texts = texts;
        Utf8 = [.. texts.Select(Encoding.UTF8.GetBytes)];
    }

    public string Name { get; }

    public IReadOnlyList<string> Texts { get; }

    public IReadOnlyList<byte[]> Utf8 { get; }

    /// <summary>Reads the files below a folder, in the order of their names, up to 16 MB; what is not UTF-8 is left out.</summary>
    public static TokenCorpus Read(string folder)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        UTF8Encoding strict = new(false, throwOnInvalidBytes: true);
        List<string> texts = [];
        long size = 0;
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            byte[] bytes = File.ReadAllBytes(path);
            try
            {
                string text = strict.GetString(bytes);
                texts.AddRange(name == LinesOf ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [text]);
                size += bytes.Length;
            }
            catch (DecoderFallbackException)
            {
                continue;
            }
            if (size > MaxBytes)
            {
                break;
            }
        }
        return new TokenCorpus(name, texts);
    }
}
