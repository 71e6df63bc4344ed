using System.Text.RegularExpressions;
using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>A sentence that says what no code of the service does: the last resort, believed only from its beginning, and only in the service's own form.</summary>
internal sealed class ServiceSentence
{
    private readonly Lazy<Regex> _begins;

    /// <param name="dialect">Who writes it.</param>
    /// <param name="forms">The forms of a body in which it is believed.</param>
    /// <param name="statuses">The statuses under which it is believed.</param>
    /// <param name="begins">How the message begins.</param>
    /// <param name="documented">The page's code that it means; null for that of the status.</param>
    /// <param name="seen">Where it was seen; null where in no public thread.</param>
    public ServiceSentence(string dialect, ErrorForms forms, int[] statuses, string begins, string? documented, string? seen)
    {
        Dialect = dialect;
        Forms = forms;
        Statuses = statuses;
        Begins = begins;
        Documented = documented;
        Seen = seen;
        _begins = new Lazy<Regex>(() => Patterns.Make("^(?:" + begins + ")"));
    }

    /// <summary>Who writes it.</summary>
    public string Dialect { get; }

    /// <summary>The forms of a body in which it is believed.</summary>
    public ErrorForms Forms { get; }

    /// <summary>The statuses under which it is believed.</summary>
    public IReadOnlyList<int> Statuses { get; }

    /// <summary>How the message begins, as a regular expression.</summary>
    public string Begins { get; }

    /// <summary>The page's code that it means; null for that of the status.</summary>
    public string? Documented { get; }

    /// <summary>Where it was seen; null where in no public thread.</summary>
    public string? Seen { get; }

    /// <summary>True where no wait helps, though the status says that one would.</summary>
    public bool WaitIsOfNoUse { get; init; }

    /// <summary>True where the message of such an error begins so.</summary>
    public bool Fits(string message, int status, ErrorForms forms) =>
        (Forms & forms) != 0 && Statuses.Contains(status) && Patterns.Match(_begins.Value, message).Success;
}
