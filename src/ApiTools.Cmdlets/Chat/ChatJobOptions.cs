using ApiTools.Batch;
using ApiTools.Chat;

namespace ApiTools.Cmdlets;

/// <summary>How a command sends its inputs.</summary>
internal sealed record ChatJobOptions
{
    /// <summary>The service.</summary>
    public required ApiConnection Connection { get; init; }

    /// <summary>What all calls have in common; each gets its own body, model and input.</summary>
    public required ChatCall Call { get; init; }

    /// <summary>Records what is finished; null where nothing does.</summary>
    public JobJournal? Journal { get; init; }

    /// <summary>What the journal is called, as it was given.</summary>
    public string? JournalName { get; init; }

    /// <summary>The property that tells inputs apart; null where their content does.</summary>
    public string? KeyProperty { get; init; }

    /// <summary>Whether answers are written in the order of the inputs.</summary>
    public bool Ordered { get; init; } = true;

    /// <summary>How long calls under way may take to finish before an error ends the command.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Whether a person reads the text as it comes.</summary>
    public bool ShowsText { get; init; }

    /// <summary>Whether chunks are written in place of completions.</summary>
    public bool AsChunk { get; init; }

    /// <summary>Asks a person, or says what would be sent; null where nothing is to be asked or said.</summary>
    public Func<ChatCall, bool>? Approve { get; init; }

    /// <summary>The conversation that the calls go on with, one at a time; null where each stands for itself.</summary>
    public ChatConversation? Conversation { get; init; }

    /// <summary>Runs the tools that the model calls; null where none is to run.</summary>
    public ToolRounds? Tools { get; init; }

    /// <summary>Whether requests are sent unchecked.</summary>
    public bool SkipsValidation { get; init; }

    /// <summary>Whether an answer that does not match its schema is asked for once more.</summary>
    public bool RetriesInvalid { get; init; }

    /// <summary>How requests that are too long for their model are made to fit; null where they are not.</summary>
    public ContextFitMode? FitContext { get; init; }

    /// <summary>The members of a request that the command's own parameters set: a fault in one meets every input.</summary>
    public IReadOnlyCollection<string> Given { get; init; } = [];

    /// <summary>Whether the course of each request is told.</summary>
    public bool WantsVerbose { get; init; }

    /// <summary>Whether each request and answer is shown.</summary>
    public bool WantsDebug { get; init; }
}
