using ApiTools.Chat;
using ApiTools.Errors;
using ApiTools.Repair;
using ApiTools.Text;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>Makes the requests of a job fit their model's context window, and says what that took.</summary>
/// <param name="command">Writes what there is to say.</param>
/// <param name="connection">Remembers what its service said of context windows.</param>
/// <param name="mode">What to give up.</param>
internal sealed class ChatFit(ApiCmdlet command, ApiConnection connection, ContextFitMode mode)
{
    private readonly HashSet<string> _unknownModels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gaps = new(StringComparer.Ordinal);

    // What a service said counts more than the table.
    private RequestCheckOptions Check { get; } = RequestCheckOptions.Default with { ContextWindow = model => connection.ToldWindows.TryGetValue(model, out int window) ? window : null };

    /// <summary>Makes a request fit by the own count.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isCorrection">Whether its last turn means nothing without the one before.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public ContextFitResult Fit(byte[] request, bool isCorrection, CancellationToken cancellationToken) =>
        ContextFit.Fit(request, mode, Check, null, Kept(isCorrection), cancellationToken);

    /// <summary>Makes a request fit that a service refused for its length, by what the service said of it; null where that is of no use.</summary>
    public ContextFitResult? FitAgain(ChatCall call, ApiException refusal, CancellationToken cancellationToken)
    {
        byte[] request = call.Body;
        if (refusal.Code != ContextFit.Code || refusal.Context is not ContextLength told)
        {
            return null;
        }
        if (told.Maximum is int window && ChatRequestReader.Model(request) is string model)
        {
            connection.ToldWindows[model] = window;
        }
        return ContextFit.Fit(request, mode, Check, told, Kept(call.IsCorrection), cancellationToken) is { Outcome: ContextFitOutcome.Fitted } fit ? fit : null;
    }

    private static int Kept(bool isCorrection) => isCorrection ? 2 : 1;

    /// <summary>The failure of a request that cannot be made to fit.</summary>
    public static void ThrowIfTooLong(ContextFitResult fit, RequestReport? report)
    {
        if (fit.Outcome == ContextFitOutcome.TooLong)
        {
            throw ApiErrors.ContextLengthExceeded(fit.Message, report, fit.Request);
        }
    }

    /// <summary>Says what was left out of a request that is sent. For the pipeline thread.</summary>
    /// <param name="fit">What was done.</param>
    /// <param name="model">The model that it is sent to.</param>
    /// <param name="place">Where the input stands; null where it came in as an object.</param>
    public void Tell(ContextFitResult fit, string? model, string? place)
    {
        foreach (string gap in fit.Gaps.Where(_gaps.Add))
        {
            command.WriteWarning($"-FitContext cannot count all of a request. {gap}");
        }
        if (fit.Outcome == ContextFitOutcome.Fitted)
        {
            command.WriteWarning(VisibleText.Line(place is null ? fit.Message : $"{place}: {fit.Message}"));
            foreach (ChangeDraft change in fit.Changes)
            {
                command.WriteVerbose(VisibleText.Line(change.After is null ? $"Left out: {change.Before}" : $"{change.Param}: {change.Before} becomes {change.After}"));
            }
        }
        else if (fit.Outcome == ContextFitOutcome.Unknown && model is not null && _unknownModels.Add(model))
        {
            command.WriteWarning($"The context window of '{VisibleText.Line(model)}' is not known, so -FitContext does nothing before the service says it.");
        }
    }
}
