// Writes src/ApiTools.Core/Tokens/Encodings/*.merges from the merge ranks that the packages Microsoft.ML.Tokenizers.Data.* carry (MIT).
// The ranks are checked against the hash of OpenAI's own file before anything is written.
using TokenTables;

string folder = Path.Combine(RepositoryRoot(), "src", "ApiTools.Core", "Tokens", "Encodings");
foreach (PublishedRanks ranks in PublishedRanks.All)
{
    byte[] table = MergeFile.Write(ranks.Tokens());
    string path = Path.Combine(folder, ranks.Name + ".merges");
    bool same = File.Exists(path) && table.AsSpan().SequenceEqual(File.ReadAllBytes(path));
    File.WriteAllBytes(path, table);
    Console.WriteLine($"{ranks.Name}: {table.Length:N0} bytes, {(same ? "as before" : "written")}");
}

static string RepositoryRoot()
{
    string? folder = AppContext.BaseDirectory;
    while (folder is not null && !File.Exists(Path.Combine(folder, "ApiTools.sln")))
    {
        folder = Path.GetDirectoryName(folder);
    }
    return folder ?? throw new DirectoryNotFoundException("ApiTools.sln is in none of the folders above.");
}
