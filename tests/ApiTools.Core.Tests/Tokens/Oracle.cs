using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ApiTools.Core.Tests.Tokens;

/// <summary>npm's tiktoken, run by tools/tokens/Encode-Lines.mjs.</summary>
internal static class Oracle
{
    private const string FolderVariable = "APITOOLS_TIKTOKEN";
    private const string CountVariable = "APITOOLS_TIKTOKEN_STRINGS";
    private const string SeedVariable = "APITOOLS_TIKTOKEN_SEED";
    private const int DefaultCount = 2_000;
    private const int DefaultSeed = 20_250_701;

    private static readonly string? Folder = Environment.GetEnvironmentVariable(FolderVariable);

    /// <summary>What is missing to run it; null where nothing is.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>How many strings to try: 2,000, or as many as APITOOLS_TIKTOKEN_STRINGS says.</summary>
    public static int Count { get; } = Number(CountVariable, DefaultCount);

    /// <summary>What the strings are made from: always the same, or what APITOOLS_TIKTOKEN_SEED says.</summary>
    public static int Seed { get; } = Number(SeedVariable, DefaultSeed);

    /// <summary>The ids of each text: cl100k's, a tab, o200k's.</summary>
    public static async Task<string[]> EncodeAsync(IEnumerable<string> texts)
    {
        using Process node = Start("node", Path.Combine(RepositoryRoot(), "tools", "tokens", "Encode-Lines.mjs"), Folder!);
        Task<string> answer = node.StandardOutput.ReadToEndAsync();
        foreach (string text in texts)
        {
            await node.StandardInput.WriteAsync(TokenVector.Escape(text) + "\n");
        }
        node.StandardInput.Close();
        string lines = await answer;
        await node.WaitForExitAsync();
        Assert.Equal(0, node.ExitCode);
        return lines.Split('\n')[..^1];
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    private static string? FindMissing()
    {
        if (Folder is null)
        {
            return $"{FolderVariable} names no folder with npm's tiktoken.";
        }
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "tiktoken")))
        {
            return $"There is no node_modules/tiktoken in {Folder}.";
        }
        try
        {
            using Process node = Start("node", "--version");
            node.WaitForExit();
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "node is not found.";
        }
    }

    private static Process Start(string command, params string[] arguments) => Process.Start(new ProcessStartInfo(command, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        StandardInputEncoding = Encoding.ASCII,
        StandardOutputEncoding = Encoding.ASCII,
    })!;

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ApiTools.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder!;
    }
}
