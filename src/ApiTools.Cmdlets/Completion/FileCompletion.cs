using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>Completes paths as PowerShell does, and offers files of one kind and folders only where there are such.</summary>
internal static class FileCompletion
{
    /// <summary>The paths.</summary>
    /// <param name="typed">What is typed.</param>
    /// <param name="extensions">With their dots.</param>
    public static IEnumerable<CompletionResult> Of(string? typed, params string[] extensions)
    {
        CompletionResult[] all = [.. CompletionCompleters.CompleteFilename(typed ?? string.Empty)];
        CompletionResult[] fitting = [.. all.Where(path => IsOffered(path, extensions))];
        // A file may be called as one likes: better all than none.
        return fitting.Length > 0 ? fitting : all;
    }

    private static bool IsOffered(CompletionResult path, string[] extensions) =>
        path.ResultType == CompletionResultType.ProviderContainer
        || Array.Exists(extensions, extension => path.ListItemText.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
