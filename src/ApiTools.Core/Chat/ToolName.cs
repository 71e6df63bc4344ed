namespace ApiTools.Chat;

/// <summary>Names of tools as the API takes them. OpenAI's answer to any other: it has to match <c>^[a-zA-Z0-9_-]+$</c>, and has at most 64 characters.</summary>
internal static class ToolName
{
    private const int MaximumLength = 64;

    /// <summary>The name, with <c>_</c> in place of each character that the API refuses, and cut where it is too long.</summary>
    public static string Sendable(string name)
    {
        string allowed = new([.. name.Take(MaximumLength).Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' ? c : '_')]);
        return allowed.Length > 0 ? allowed : "_";
    }

    /// <summary>A sendable name that is none of those which are taken: two commands may become one name.</summary>
    public static string Unique(string name, ICollection<string> taken)
    {
        string sendable = Sendable(name);
        string unique = sendable;
        for (int i = 2; taken.Contains(unique); i++)
        {
            string end = FormattableString.Invariant($"_{i}");
            unique = sendable.Substring(0, Math.Min(sendable.Length, MaximumLength - end.Length)) + end;
        }
        return unique;
    }
}
