using System.Globalization;
using ApiTools.Tokens;

namespace ApiTools;

/// <summary>How long a text, a file or a conversation is, and what it leaves of a model's context window.</summary>
public sealed class TokenMeasure
{
    internal TokenMeasure(TokenTally tally, string? model, long? maxTokens, string? source)
    {
        KnownModel? known = ModelCatalog.Find(model);
        Tokens = tally.Tokens;
        Method = TokenMethod.Estimate;
        Encoding = known?.Encoding;
        Model = model;
        Characters = tally.Characters;
        Bytes = tally.Bytes;
        ContextWindow = known?.ContextWindow;
        Remaining = known?.ContextWindow - Tokens - (maxTokens ?? 0);
        Source = source;
    }

    /// <summary>The length in tokens.</summary>
    public long Tokens { get; }

    /// <summary>Whether <see cref="Tokens"/> was counted or estimated.</summary>
    public TokenMethod Method { get; }

    /// <summary>The name of the model's encoding (tiktoken's, such as <c>o200k_base</c>); an estimate does not use it. Null where the model is not known.</summary>
    public string? Encoding { get; }

    /// <summary>The model that was asked about; null where none was.</summary>
    public string? Model { get; }

    /// <summary>The length in Unicode code points, which the estimate counts; half a surrogate pair is one.</summary>
    public long Characters { get; }

    /// <summary>The length in UTF-8 bytes, without a byte order mark.</summary>
    public long Bytes { get; }

    /// <summary>The model's context window in tokens, from its maker's documentation; null where the model is not known.</summary>
    public int? ContextWindow { get; }

    /// <summary>
    /// What is left of the context window in tokens, after the text and the tokens kept for the answer; negative where it is too long.
    /// Null where the model is not known.
    /// </summary>
    public long? Remaining { get; }

    /// <summary>The file's path; null for text and conversations.</summary>
    public string? Source { get; }

    /// <summary>The number of tokens, and how it came about.</summary>
    public override string ToString() =>
        $"{(Method == TokenMethod.Estimate ? "about " : string.Empty)}{Tokens.ToString(CultureInfo.InvariantCulture)} token{(Tokens == 1 ? string.Empty : "s")}";
}
