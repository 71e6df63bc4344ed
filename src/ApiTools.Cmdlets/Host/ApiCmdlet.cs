using System.Management.Automation;
using ApiTools.Diagnostics;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>The base of every cmdlet: the pump, and the one way to write a failure.</summary>
public abstract class ApiCmdlet : PSCmdlet, IDisposable
{
    // A disk that hangs keeps no command from its end.
    private static readonly TimeSpan LongestFlush = TimeSpan.FromSeconds(2);

    /// <summary>Where background work meets this command's streams.</summary>
    private protected PipelinePump Pump { get; } = new();

    /// <summary>Ends what runs in the background.</summary>
    protected override void StopProcessing() => Pump.Stop();

    /// <summary>Writes an object; where nobody reads on, ends what runs in the background first.</summary>
    internal void Write(object? value, bool enumerateCollection = false)
    {
        try
        {
            WriteObject(value, enumerateCollection);
        }
        catch
        {
            Pump.Stop();
            throw;
        }
    }

    /// <summary>Writes a failure that concerns one input.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="target">The input that failed: never the cmdlet, never a key.</param>
    /// <param name="place">Where the input stands, such as <c>requests.jsonl(7)</c>; null where it came in as an object.</param>
    internal void WriteFailure(ApiException exception, object? target, string? place = null) =>
        WriteError(ErrorRecordFactory.Create(exception, target, place, RecommendationInMessage, ExcerptInMessage));

    /// <summary>Ends the command with a failure that every further input would meet.</summary>
    internal void ThrowFailure(ApiException exception, object? target, string? place = null) =>
        ThrowTerminatingError(ErrorRecordFactory.Create(exception, target, place, RecommendationInMessage, ExcerptInMessage));

    /// <summary>True where the first error written ends the command (-ErrorAction Stop, or the preference).</summary>
    internal bool StopsOnError =>
        (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? action) ? action : SessionState.PSVariable.GetValue("ErrorActionPreference"))
            is object preference && string.Equals(preference.ToString(), nameof(ActionPreference.Stop), StringComparison.OrdinalIgnoreCase);

    /// <summary>True once Ctrl+C, or a command further down that wants no more, ends the command.</summary>
    internal bool IsStopping => Stopping || Pump.Stopping.IsCancellationRequested;

    /// <summary>Whether somebody reads the verbose messages: they are made only then.</summary>
    internal bool WantsVerbose => Wants("Verbose", "VerbosePreference");

    /// <summary>Whether somebody reads the debug messages.</summary>
    internal bool WantsDebug => Wants("Debug", "DebugPreference");

    private bool Wants(string parameter, string preference) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out object? given)
            ? LanguagePrimitives.IsTrue(given)
            : !string.Equals(SessionState.PSVariable.GetValue(preference)?.ToString(), nameof(ActionPreference.SilentlyContinue), StringComparison.OrdinalIgnoreCase)
                && !string.Equals(SessionState.PSVariable.GetValue(preference)?.ToString(), nameof(ActionPreference.Ignore), StringComparison.OrdinalIgnoreCase);

    /// <summary>Does something; a failure of it is written as a non-terminating error.</summary>
    private protected void WriteFailures(object? target, Action action)
    {
        try
        {
            action();
        }
        catch (ApiException exception)
        {
            WriteFailure(exception, target);
        }
    }

    /// <summary>Runs a step on the engine; a failure of it ends the command.</summary>
    private protected T RunOrThrow<T>(Func<CancellationToken, Task<T>> work, object? target) => RunOrThrow(() => Pump.Await(work), target);

    /// <summary>Takes a step; a failure of it ends the command.</summary>
    private protected T RunOrThrow<T>(Func<T> step, object? target)
    {
        try
        {
            return step();
        }
        catch (ApiException exception)
        {
            ThrowFailure(exception, target);
            throw;
        }
    }

    /// <summary>Writes what the names mean, which may be patterns. A name that is none of them, and a pattern that is none, are errors of their own.</summary>
    /// <param name="items">What there is.</param>
    /// <param name="name">The name of an item.</param>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="parameter">The parameter that it was asked by.</param>
    /// <param name="notFound">The failure for a name that is not there.</param>
    /// <param name="isShown">Which of those that are named are written; all where left out.</param>
    private protected void WriteNamed<T>(
        IEnumerable<T> items, Func<T, string> name, string[] wanted, string parameter, Func<string, ApiException> notFound, Func<T, bool>? isShown = null)
    {
        foreach (string pattern in wanted)
        {
            WriteFailures(pattern, () =>
            {
                List<T> named = NameFilter.Find(items, name, pattern, parameter);
                if (named.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(pattern))
                {
                    throw notFound(pattern);
                }
                WriteObject(isShown is null ? named : named.Where(isShown), enumerateCollection: true);
            });
        }
    }

    /// <summary>Waits, for a moment, until a connection's log has all that was recorded, and says once where it cannot be written.</summary>
    internal void FinishLog(ApiConnection connection)
    {
        if (ConnectionObserver.WriterOf(connection) is not LogWriter writer)
        {
            return;
        }
        // A disk that hangs is waited for once: the commands after it go on until it writes again.
        if (!writer.Hangs)
        {
            Flush(writer);
        }
        if (writer.TakeWarning() is string warning)
        {
            WriteWarning(VisibleText.Line(warning));
        }
    }

    private void Flush(LogWriter writer)
    {
        using CancellationTokenSource enough = new(LongestFlush);
        Task flush = Pump.Start(async token =>
        {
            await writer.FlushAsync(token).ConfigureAwait(false);
            return true;
        });
        Pump.WaitUntil(() => flush.IsCompleted, enough.Token);
        if (!flush.IsCompleted)
        {
            writer.TellHanging();
        }
    }

    /// <summary>
    /// True where the host does not print an error's recommended action, so that the message has to carry it: Windows PowerShell,
    /// and PowerShell 7 where $ErrorView asks for another view than ConciseView and DetailedView.
    /// </summary>
    private bool RecommendationInMessage => ErrorView is not ("ConciseView" or "DetailedView");

    /// <summary>
    /// True where the host keeps the lines of a message apart. Of an error in a script, ConciseView makes one paragraph, in which a pointer would
    /// point anywhere.
    /// </summary>
    private bool ExcerptInMessage => ErrorView is not "ConciseView" || string.IsNullOrEmpty(MyInvocation.ScriptName);

    private string? ErrorView => SessionState.PSVariable.GetValue("ErrorView")?.ToString();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what runs in the background and frees the pump.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Pump.Dispose();
        }
    }
}
