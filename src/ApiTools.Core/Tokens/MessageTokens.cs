using System.Globalization;

namespace ApiTools;

/// <summary>What one message of a conversation, or another part of a request, takes of its tokens.</summary>
public sealed class MessageTokens
{
    internal MessageTokens(string param, int? index, string? role)
    {
        Param = param;
        Index = index;
        Role = role;
    }

    /// <summary>
    /// The part's place in the request: <c>messages[0]</c>, <c>tools</c>, <c>functions</c>, <c>response_format</c>; <c>reply</c> for the start of the
    /// answer, which every request ends with.
    /// </summary>
    public string Param { get; }

    /// <summary>The message's position, from 0; null for what is no message.</summary>
    public int? Index { get; }

    /// <summary>The message's role; null for what is none.</summary>
    public string? Role { get; }

    /// <summary>All its tokens.</summary>
    public long Tokens => Text + ToolCalls + Images + Format;

    /// <summary>The tokens of its text: content and refusal, a tool's definition, a schema.</summary>
    public long Text { get; internal set; }

    /// <summary>The tokens of the names and arguments of its tool calls.</summary>
    public long ToolCalls { get; internal set; }

    /// <summary>The tokens of its images, as far as their size is known.</summary>
    public long Images { get; internal set; }

    /// <summary>The tokens of its role, its name, and of what the model's format puts around it.</summary>
    public long Format { get; internal set; }

    /// <summary>The place and the number.</summary>
    public override string ToString() => $"{Param}: {Tokens.ToString(CultureInfo.InvariantCulture)}";
}
