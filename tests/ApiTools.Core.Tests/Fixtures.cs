namespace ApiTools.Core.Tests;

/// <summary>The files beside the tests.</summary>
internal static class Fixtures
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));
}
