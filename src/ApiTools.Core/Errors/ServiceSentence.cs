namespace ApiTools.Errors;

/// <summary>A sentence that says what no code of the service does: the last resort, believed only from its beginning, and only in the service's own form.</summary>
/// <param name="Dialect">Who writes it.</param>
/// <param name="Forms">The forms of a body in which it is believed.</param>
/// <param name="Statuses">The statuses under which it is believed.</param>
/// <param name="Begins">How the message begins.</param>
/// <param name="Documented">The page's code that it means; null for that of the status.</param>
/// <param name="Seen">Where it was seen; <see cref="SeenAt.NoThread"/> where in none.</param>
internal sealed record ServiceSentence(string Dialect, ErrorForms Forms, int[] Statuses, SentencePattern Begins, string? Documented, string Seen)
{
    public ServiceSentence(string dialect, ErrorForms forms, int[] statuses, string begins, string? documented, string seen)
        : this(dialect, forms, statuses, new SentencePattern(begins), documented, seen)
    {
    }

    /// <summary>True where no wait helps, though the status says that one would.</summary>
    public bool WaitIsOfNoUse { get; init; }

    /// <summary>True where the message of such an error begins so.</summary>
    public bool Fits(string message, int status, ErrorForms forms) =>
        (Forms & forms) != 0 && IsUnder(status) && Begins.Begins(message);

    // There are one or two.
    private bool IsUnder(int status)
    {
        foreach (int under in Statuses)
        {
            if (under == status)
            {
                return true;
            }
        }
        return false;
    }
}
