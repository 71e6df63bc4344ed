using System.Globalization;
using ApiTools.Text;
using ApiTools.Tokens;

namespace ApiTools;

/// <summary>How long a text, a file or a conversation is, and what it leaves of a model's context window.</summary>
public sealed class TokenMeasure
{
    internal TokenMeasure(string? model) => ContextWindow = ModelCatalog.Find(Model = model)?.ContextWindow;

    /// <summary>The length in tokens.</summary>
    public long Tokens { get; internal init; }

    /// <summary>
    /// Exact where every token was counted with the model's encoding and, of a conversation, by numbers that are documented for the model; else
    /// Estimate, and <see cref="Notes"/> say why.
    /// </summary>
    public TokenMethod Method { get; internal init; }

    /// <summary>The name of the encoding (tiktoken's, such as <c>o200k_base</c>); the page's estimate does not use it. Null where the model is not known.</summary>
    public string? Encoding { get; internal init; }

    /// <summary>The model that was asked about; null where none was.</summary>
    public string? Model { get; }

    /// <summary>The length in Unicode code points, which the estimate counts; half a surrogate pair is one.</summary>
    public long Characters { get; internal init; }

    /// <summary>The length in UTF-8 bytes, without a byte order mark.</summary>
    public long Bytes { get; internal init; }

    /// <summary>The model's context window in tokens, from its maker's documentation; null where the model is not known.</summary>
    public int? ContextWindow { get; }

    /// <summary>Tokens to keep for the answer, which <see cref="Remaining"/> leaves out.</summary>
    public long MaxTokens { get; internal init; }

    /// <summary>
    /// What is left of the context window in tokens, after the text and the tokens kept for the answer; negative where it is too long.
    /// Null where the model is not known.
    /// </summary>
    public long? Remaining => ContextWindow - Tokens - MaxTokens;

    /// <summary>Whether the text and the tokens kept for the answer fit the context window; null where the model is not known.</summary>
    public bool? Fits => Remaining is long remaining ? remaining >= 0 : null;

    /// <summary>The file's path; null for text and conversations.</summary>
    public string? Source { get; internal init; }

    /// <summary>How many texts, files and conversations this is the sum of.</summary>
    public int Count { get; internal init; } = 1;

    /// <summary>Of a conversation what each message, and each other part of the request, takes; empty for text.</summary>
    public IReadOnlyList<MessageTokens> Messages { get; internal init => field = ReadableList<MessageTokens>.Of(value); } = ReadableList<MessageTokens>.Nothing;

    /// <summary>Why the number is an estimate, or what is not in it, a sentence each; empty where there is nothing to say.</summary>
    public IReadOnlyList<string> Notes { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Nothing;

    /// <summary>Those of <see cref="Notes"/> that say what is not in the number at all.</summary>
    internal string[] Gaps { get; init; } = [];

    /// <summary>The number of tokens, and how it came about.</summary>
    public override string ToString() =>
        $"{(Method == TokenMethod.Estimate ? "about " : string.Empty)}{Tokens.ToString(CultureInfo.InvariantCulture)} token{(Tokens == 1 ? string.Empty : "s")}";
}
