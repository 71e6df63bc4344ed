using System.Text;
using ApiTools.Repair;

namespace ApiTools;

/// <summary>A request after its repair: what it is now, what was changed, and what a person must decide.</summary>
public sealed class RepairedRequest
{
    private readonly Lazy<string> _request;

    internal RepairedRequest(byte[] utf8Json, IReadOnlyList<RequestChange> changes, RequestReport report, ContextFitResult? fit)
    {
        Utf8Json = utf8Json;
        Changes = [.. changes];
        Report = report;
        Fit = fit;
        _request = new Lazy<string>(() => Encoding.UTF8.GetString(utf8Json));
    }

    /// <summary>True where no finding that is left is an error, and the request fits the context window where that was asked for.</summary>
    public bool IsValid => Report.IsValid && Fit?.Outcome != ContextFitOutcome.TooLong;

    /// <summary>The request in the form in which it was given, but for the changes: JSON text, a line of a batch, or a saved HTTP request.</summary>
    public string Request => _request.Value;

    /// <summary>What was changed, in the order of the text as it was given.</summary>
    public RequestChange[] Changes { get; }

    /// <summary>What is left, in document order: errors and warnings without a fix that may be applied unasked. Lines and columns are those of <see cref="Request"/>.</summary>
    public Finding[] Findings => Report.Findings;

    /// <summary>The model that the request names; null where it names none.</summary>
    public string? Model => Report.Model;

    /// <summary>Where the request came from: a path, with its line for one of several in a file; null for an object or text.</summary>
    public string? Source => Report.Source;

    /// <summary>The request's bytes.</summary>
    internal byte[] Utf8Json { get; }

    /// <summary>The request itself, where it stands in a line of a batch or in a saved HTTP request: what would be sent.</summary>
    internal byte[] Body => Report.Body is null ? Utf8Json : Report.BodyOf(Utf8Json).ToArray();

    /// <summary>True where there is more to mend than is mended at once.</summary>
    internal bool IsUnfinished { get; init; }

    /// <summary>What the check of the repaired request found.</summary>
    internal RequestReport Report { get; }

    /// <summary>How it was made to fit the context window; null where that was not asked for.</summary>
    internal ContextFitResult? Fit { get; }

    /// <summary>The request.</summary>
    public override string ToString() => Request;
}
